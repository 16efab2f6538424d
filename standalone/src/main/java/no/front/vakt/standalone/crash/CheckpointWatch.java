package no.front.vakt.standalone.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks from outside whether a checkpoint is being written. What was begun before the first look
 * does not count: an earlier kill may have left it half done.
 */
final class CheckpointWatch {
  private static final String CHECKPOINT = "chk-";
  private static final String COMPLETE = "_metadata";

  /** Cluster / job / run of the job / checkpoint. */
  private static final int DEPTH = 4;

  private final Path directory;
  private final Set<Path> leftBehind;

  CheckpointWatch(Path directory) {
    this.directory = directory;
    this.leftBehind = begun();
  }

  /** Whether a checkpoint has been begun since that lacks what makes it whole. */
  boolean isOneBegun() {
    return !leftBehind.containsAll(begun());
  }

  private Set<Path> begun() {
    try (Stream<Path> paths = Files.walk(directory, DEPTH)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith(CHECKPOINT))
          .filter(path -> Files.notExists(path.resolve(COMPLETE)))
          .collect(Collectors.toSet());
    } catch (IOException | UncheckedIOException e) {
      // One was tidied away while it was looked at.
      return Set.of();
    }
  }
}
