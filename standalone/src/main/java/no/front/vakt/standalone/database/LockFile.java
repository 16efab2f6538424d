package no.front.vakt.standalone.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says: the server's process on line 1, its state on line 8. The file
 * outlives a killed server, and its number may by then be another process's.
 */
final class LockFile {
  private static final int STATE_LINE = 7;

  private final List<String> lines;

  private LockFile(List<String> lines) {
    this.lines = lines;
  }

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  static Optional<LockFile> read(Path data) {
    try {
      return Optional.of(new LockFile(Files.readAllLines(in(data))));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Whether this process has written that it takes connections. */
  boolean isReadyAs(long process) {
    return pid().filter(pid -> pid == process).isPresent()
        && lines.size() > STATE_LINE
        && lines.get(STATE_LINE).strip().equals("ready");
  }

  /** The process that wrote it; by now the number may be another's. */
  Optional<Long> pid() {
    try {
      return lines.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(lines.get(0).strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
