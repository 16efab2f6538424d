package no.front.vakt.verdictapi.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callers that hold a key: a file with a name and the SHA-256 of a key in hexadecimal on each
 * line, empty lines and lines that start with {@code #} left out. Keys are long and random, so a
 * plain hash is enough. The file is looked at once a second at most; while it cannot be read or
 * holds no key, the last good one stays in force and it is tried again. Thread-safe.
 */
final class BearerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(BearerKeys.class);
  private static final String SCHEME = "bearer ";
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LONGEST_KEY = 512;

  private record Holder(String name, byte[] hash) {}

  private record Stamp(long modifiedMillis, long size) {}

  private final Path file;
  private final LongSupplier nanoTime;
  private final AtomicLong nextLook;
  private volatile List<Holder> holders;
  private volatile Stamp stamp;
  private volatile boolean failing;

  BearerKeys(Path file) throws IOException {
    this(file, System::nanoTime);
  }

  /** By another clock; for tests. */
  BearerKeys(Path file, LongSupplier nanoTime) throws IOException {
    this.file = file;
    this.nanoTime = nanoTime;
    nextLook = new AtomicLong(nanoTime.getAsLong() + LOOK_NANOS);
    stamp = stamp();
    holders = readSome(file);
  }

  /** What is wrong with a file of keys, if anything. */
  static Optional<String> problem(Path file) {
    try {
      readSome(file);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The name of whoever holds the key of an {@code Authorization} header. */
  Optional<String> find(String authorization) {
    lookAgain();
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || authorization.length() > LONGEST_KEY) {
      return Optional.empty();
    }
    byte[] presented = sha256(authorization.substring(SCHEME.length()).strip());
    String found = null;
    // Every line is compared, so that the time taken tells nothing.
    for (Holder holder : holders) {
      if (MessageDigest.isEqual(holder.hash, presented)) {
        found = holder.name;
      }
    }
    return Optional.ofNullable(found);
  }

  private void lookAgain() {
    long due = nextLook.get();
    long now = nanoTime.getAsLong();
    if (now - due < 0 || !nextLook.compareAndSet(due, now + LOOK_NANOS)) {
      return;
    }
    try {
      Stamp fresh = stamp();
      if (!fresh.equals(stamp)) {
        holders = readSome(file);
        // Only now: what could not be read is tried again.
        stamp = fresh;
        failing = false;
        LOG.info("Bearer keys read again: {} callers", holders.size());
      }
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.error("The changed bearer keys are not in force, the former stay: {}", e.getMessage());
      }
    }
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(facts.lastModifiedTime().toMillis(), facts.size());
  }

  private static List<Holder> readSome(Path file) throws IOException {
    List<Holder> holders = read(file);
    if (holders.isEmpty()) {
      throw new IOException("holds no key");
    }
    return holders;
  }

  private static List<Holder> read(Path file) throws IOException {
    List<Holder> holders = new ArrayList<>();
    int number = 0;
    for (String raw : Files.readAllLines(file)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+");
      if (parts.length != 2 || !parts[1].matches("[0-9a-fA-F]{64}")) {
        throw new IOException(
            "line " + number + " is not a name and a SHA-256 in 64 hexadecimal digits");
      }
      holders.add(new Holder(parts[0], HexFormat.of().parseHex(parts[1])));
    }
    return List.copyOf(holders);
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
