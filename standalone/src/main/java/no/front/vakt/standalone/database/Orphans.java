package no.front.vakt.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import no.front.vakt.standalone.Refusal;

/**
 * What a Vakt that was killed left behind: its server runs on without it. It is stopped in order
 * and a new one started, which takes half a second, rather than adopted: an adopted server would
 * have yesterday's port, certificate and programs, and be nobody's child to watch.
 *
 * <p>Only a program called {@code postgres} whose working directory is this data directory is ever
 * stopped. The number in the lock file alone proves nothing.
 */
final class Orphans {
  /** Children see within moments that their server is gone, unless they are in the middle of it. */
  private static final Duration CHILDREN_LEAVE = Duration.ofSeconds(5);

  private static final List<String> PROGRAM = List.of("postgres", "postgres (deleted)");

  private Orphans() {}

  /**
   * Sees to it that nobody serves this directory any more, and that no stale lock file is in the
   * way of the next server. The caller has the directory for itself.
   */
  static void clear(Path data, PostgresBinaries binaries) {
    if (Files.notExists(data)) {
      return;
    }
    LockFile.read(data)
        .flatMap(LockFile::pid)
        .flatMap(ProcessHandle::of)
        .filter(process -> serves(process, data))
        .ifPresent(server -> Postmaster.stop(binaries, server));
    serving(data).forEach(child -> end(child, data, binaries));
    try {
      // The number in it may by now be somebody else's, and PostgreSQL would not start beside it.
      Files.deleteIfExists(LockFile.in(data));
    } catch (IOException e) {
      throw new Refusal(
          "%s cannot be removed: %s.".formatted(LockFile.in(data), e.getMessage()), e);
    }
  }

  private static void end(ProcessHandle child, Path data, PostgresBinaries binaries) {
    if (Postmaster.ends(child, CHILDREN_LEAVE)) {
      return;
    }
    Postmaster.signal(binaries, child, "QUIT");
    if (!Postmaster.ends(child, CHILDREN_LEAVE) && serves(child, data)) {
      child.destroyForcibly();
      Postmaster.ends(child, CHILDREN_LEAVE);
    }
  }

  private static List<ProcessHandle> serving(Path data) {
    return ProcessHandle.allProcesses().filter(process -> serves(process, data)).toList();
  }

  static boolean serves(ProcessHandle process, Path data) {
    var about = Path.of("/proc", String.valueOf(process.pid()));
    try {
      var program = Files.readSymbolicLink(about.resolve("exe")).getFileName();
      return program != null
          && PROGRAM.contains(program.toString())
          && Files.isSameFile(about.resolve("cwd"), data);
    } catch (IOException e) {
      return false; // it has ended, or is another user's
    }
  }
}
