package no.front.vakt.standalone.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into a directory that is fine to lose. The
 * directory's name carries the archive's checksum, so that an upgrade unpacks its own.
 */
final class PostgresBinaries {
  private static final String PREFIX = "binaries-";
  private static final long PROBE_SECONDS = 20;

  /** Of the archives the root pom names. */
  private static final String MAJOR_VERSION = "18";

  /** What to do where the embedded server cannot run; the end of several sentences. */
  static final String OWN_SERVER =
      "or set database.url, database.user and database.passwordFile to a server of your own";

  /** Resource by machine, as the JVM names it. */
  private static final Map<String, String> ARCHIVES =
      Map.of("amd64", "postgres-linux-x86_64.txz", "aarch64", "postgres-linux-arm_64.txz");

  private final Path directory;
  private final List<String> start;

  private PostgresBinaries(Path directory, List<String> start) {
    this.directory = directory;
    this.start = start;
  }

  /** Unpacks the programs below this directory, unless they are there, and sees that they run. */
  static PostgresBinaries unpack(Path below) {
    var archive = archive();
    var directory = below.resolve(PREFIX + checksum(archive));
    var binaries = new PostgresBinaries(directory, start());
    if (!binaries.run()) {
      unpack(archive, directory);
      if (!binaries.run()) {
        throw new Refusal(
            "PostgreSQL does not run on this machine (%s): start Vakt on a Linux with glibc, %s."
                .formatted(directory.resolve("bin/postgres"), OWN_SERVER));
      }
    }
    return binaries;
  }

  /** The command line that starts one of the programs. */
  List<String> command(String program, String... arguments) {
    var command = new ArrayList<>(start);
    command.add(directory.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Removes the programs of other versions; nothing may run from them any more. */
  void removeOthers() {
    try (var siblings = Files.list(directory.getParent())) {
      siblings
          .filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .filter(path -> !path.equals(directory))
          .forEach(Directories::delete);
    } catch (IOException e) {
      throw new Refusal("%s cannot be read.".formatted(directory.getParent()), e);
    }
  }

  /** The version that decides whether it can read another's rows. */
  String majorVersion() {
    return MAJOR_VERSION;
  }

  private boolean run() {
    return Files.exists(directory) && succeeds(command("postgres", "--version"));
  }

  /**
   * What goes before a program. A session of its own, so that Ctrl-C at the terminal reaches Vakt
   * alone, which stops the server last. And PostgreSQL refuses to run as root: in a user namespace
   * of its own it is nobody to itself, while its files stay root's.
   */
  private static List<String> start() {
    var start = new ArrayList<String>();
    if (succeeds(List.of("setsid", "true"))) {
      start.add("setsid");
    }
    if (isRoot()) {
      var namespace = List.of("unshare", "-U");
      if (!succeeds(List.of("unshare", "-U", "true"))) {
        throw new Refusal(
            "PostgreSQL does not run as root, and 'unshare -U' does not work here: start Vakt as another user, "
                + OWN_SERVER
                + ".");
      }
      start.addAll(namespace);
    }
    return List.copyOf(start);
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static URL archive() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var name = ARCHIVES.get(System.getProperty("os.arch"));
    var archive =
        name == null || !system.equals("linux")
            ? null
            : PostgresBinaries.class.getResource("/" + name);
    if (archive == null) {
      throw new Refusal(
          "There is no PostgreSQL for %s on %s in this build: start Vakt on Linux (amd64, arm64), %s."
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), OWN_SERVER));
    }
    return archive;
  }

  private static String checksum(URL archive) {
    try {
      if (archive.openConnection() instanceof JarURLConnection connection) {
        return Long.toHexString(connection.getJarEntry().getCrc());
      }
      throw new IllegalStateException(archive + " is not in a jar");
    } catch (IOException e) {
      throw new Refusal("%s cannot be read: %s.".formatted(archive, e.getMessage()), e);
    }
  }

  private static void unpack(URL archive, Path directory) {
    var beside = directory.resolveSibling("." + directory.getFileName() + ".new");
    try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive.openStream()))) {
      Directories.delete(beside);
      OwnerOnly.directory(beside);
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, beside);
      }
      Directories.delete(directory);
      Files.move(beside, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Refusal(
          "PostgreSQL cannot be unpacked into %s: %s.".formatted(directory, e.getMessage()), e);
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    var place = root.resolve(entry.getName()).normalize();
    if (!place.startsWith(root)) {
      throw new IOException(entry.getName() + " leads out of the archive");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(place);
      return;
    }
    Files.createDirectories(place.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, place);
    boolean isProgram = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        place, PosixFilePermissions.fromString(isProgram ? "rwx------" : "rw-------"));
    if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      // the move into place must not reach the disk before the content
      try (var channel = FileChannel.open(place, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }
}
