package no.front.vakt.standalone.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.OwnerOnly;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server beside this process, on loopback, kept across restarts in one directory. It
 * takes TLS 1.3 with a password and nothing else, and every commit is on the disk before it is
 * answered.
 *
 * <p>A server that dies while it should be up is started again, at once and then with pauses that
 * double; the terminal hears of it once. After {@code kill -9} of this process the server runs on,
 * and the next start stops it first.
 */
public final class LocalDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDatabase.class);
  private static final String LOOPBACK = "127.0.0.1";

  /** A server that lived this long is started again without a pause. */
  private static final Duration HEALTHY_LIFE = Duration.ofMinutes(1);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /**
   * Where the database works and what it needs.
   *
   * @param directory for its rows and its unpacked programs
   * @param log file for what the server says; neither statements nor rows
   * @param certificate PEM file with the server's key and certificate
   * @param authority PEM file with the certificate that clients trust
   * @param ownerPassword file with the password of the server's owner
   * @param password file with the password of the application's role
   */
  public record Place(
      Path directory,
      Path log,
      int port,
      Path certificate,
      Path authority,
      Path ownerPassword,
      Path password) {}

  private final Place place;
  private final PostgresBinaries binaries;
  private final DataDirectory data;
  private final Consumer<String> terminal;
  private final Thread watch;
  private final Object turn = new Object();
  private @Nullable Postmaster postmaster;
  private boolean isClosed;

  private LocalDatabase(
      Place place, PostgresBinaries binaries, DataDirectory data, Consumer<String> terminal) {
    this.place = place;
    this.binaries = binaries;
    this.data = data;
    this.terminal = terminal;
    this.watch = new Thread(this::watch, "database-watch");
    this.watch.setDaemon(true);
  }

  /**
   * Starts the server and returns when the application's database takes connections.
   *
   * @param terminal told when the server dies and when it is back
   * @throws Refusal when that cannot be; nothing is left running then
   */
  public static LocalDatabase start(Place place, Consumer<String> terminal) {
    OwnerOnly.directory(place.directory());
    var binaries = PostgresBinaries.unpack(place.directory());
    var rows = place.directory().resolve("data");
    checkVersion(rows, binaries);
    Orphans.clear(rows, binaries);
    binaries.removeOthers();
    checkPort(place.port());
    OwnerOnly.check(place.ownerPassword());
    var data = DataDirectory.prepare(rows, binaries, place.ownerPassword());
    data.configure(place.port(), place.certificate());
    var database = new LocalDatabase(place, binaries, data, terminal);
    database.postmaster = Postmaster.start(binaries, data, place.log());
    try {
      ApplicationDatabase.furnish(
          database.url("postgres"),
          OwnerOnly.read(place.ownerPassword()).strip(),
          place.ownerPassword(),
          OwnerOnly.read(place.password()).strip());
    } catch (RuntimeException e) {
      database.postmaster.stop(binaries);
      throw e;
    }
    database.watch.start();
    return database;
  }

  /** How the application logs in. */
  public DatabaseAccess access() {
    return new DatabaseAccess(
        url(ApplicationDatabase.NAME), ApplicationDatabase.NAME, place.password());
  }

  /** The URL of the server's own database, for its owner {@code postgres}. */
  public String ownerUrl() {
    return url("postgres");
  }

  /** Stops the server in order and waits for it. */
  @Override
  public void close() {
    synchronized (turn) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      turn.notifyAll();
      if (postmaster != null) {
        postmaster.stop(binaries);
      }
    }
  }

  /** The server's process, for tests that take it away. */
  ProcessHandle process() {
    synchronized (turn) {
      if (postmaster == null) {
        throw new IllegalStateException("The server is not up.");
      }
      return postmaster.handle();
    }
  }

  /** Forgets the server but leaves it running, as {@code kill -9} of this process does. */
  void abandon() {
    synchronized (turn) {
      isClosed = true;
      turn.notifyAll();
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://%s:%d/%s?sslmode=verify-full&sslrootcert=%s&gssEncMode=disable"
        .formatted(
            LOOPBACK,
            place.port(),
            database,
            URLEncoder.encode(place.authority().toString(), StandardCharsets.UTF_8));
  }

  private void watch() {
    var pause = Duration.ZERO;
    try {
      while (true) {
        long began = System.nanoTime();
        int status = current().awaitEnd();
        if (hasClosed()) {
          return;
        }
        if (System.nanoTime() - began > HEALTHY_LIFE.toNanos()) {
          pause = Duration.ZERO;
        }
        LOG.warn("The database's process ended with status {}.", status);
        terminal.accept("The database has stopped by itself and is started again.");
        pause = startAgain(pause);
        if (hasClosed()) {
          return;
        }
        terminal.accept("The database is up again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a server that died, however often it takes; returns the pause before the next one. */
  private Duration startAgain(Duration firstPause) throws InterruptedException {
    var pause = firstPause;
    while (true) {
      synchronized (turn) {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toMillis();
            left > 0 && !isClosed;
            left = (end - System.nanoTime()) / 1_000_000) {
          turn.wait(left);
        }
        if (isClosed) {
          return pause;
        }
        pause = longer(pause);
        try {
          Orphans.clear(data.path(), binaries);
          postmaster = Postmaster.start(binaries, data, place.log());
          return pause;
        } catch (RuntimeException e) {
          postmaster = null;
          LOG.info("The database cannot be started yet: {}", e.getMessage());
        }
      }
    }
  }

  private static Duration longer(Duration pause) {
    if (pause.isZero()) {
      return SHORTEST_PAUSE;
    }
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private Postmaster current() {
    synchronized (turn) {
      if (postmaster == null) {
        throw new IllegalStateException("The server is not up.");
      }
      return postmaster;
    }
  }

  private boolean hasClosed() {
    synchronized (turn) {
      return isClosed;
    }
  }

  private static void checkVersion(Path rows, PostgresBinaries binaries) {
    var file = rows.resolve("PG_VERSION");
    if (Files.notExists(file)) {
      return;
    }
    try {
      var made = Files.readString(file).strip();
      if (!made.equals(binaries.majorVersion())) {
        throw new Refusal(
            "The rows in %s were written by PostgreSQL %s, and this is %s: dump them with the Vakt they were written by, move the directory away, and restore."
                .formatted(rows, made, binaries.majorVersion()));
      }
    } catch (IOException e) {
      throw new Refusal("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static void checkPort(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
    } catch (IOException e) {
      throw new Refusal(
          "Port %d on %s cannot be used (%s): stop what listens there, or choose another with --set database.port=PORT."
              .formatted(port, LOOPBACK, e.getMessage()),
          e);
    }
  }
}
