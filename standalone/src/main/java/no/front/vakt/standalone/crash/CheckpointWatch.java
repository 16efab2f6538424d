package no.front.vakt.standalone.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks from outside whether a checkpoint is being written. */
final class CheckpointWatch {
  private static final String CHECKPOINT = "chk-";
  private static final String COMPLETE = "_metadata";

  /** Job / run of the job / checkpoint, wherever the shelf stands. */
  private static final int DEPTH = 4;

  private final Path directory;

  CheckpointWatch(Path directory) {
    this.directory = directory;
  }

  /** Whether a checkpoint is there that lacks what makes it whole. */
  boolean isOneBegun() {
    try (Stream<Path> paths = Files.walk(directory, DEPTH)) {
      return paths.anyMatch(
          path ->
              path.getFileName().toString().startsWith(CHECKPOINT)
                  && Files.notExists(path.resolve(COMPLETE)));
    } catch (IOException | UncheckedIOException e) {
      // One was tidied away while it was looked at.
      return false;
    }
  }
}
