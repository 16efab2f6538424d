package no.front.vakt.standalone.up;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one job's checkpoints and savepoints lie, whatever run of the job made them. Their numbers
 * go on counting from run to run, so the highest one is the newest; one whose {@code _metadata} is
 * missing or damaged was never finished.
 */
final class CheckpointShelf {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointShelf.class);
  private static final String METADATA = "_metadata";

  /** Shelf / run of the job / checkpoint / its metadata. */
  private static final int DEPTH = 3;

  private static final int KEPT = 3;

  private record Complete(Path directory, long number, FileTime written) {}

  private final Path shelf;

  CheckpointShelf(Path shelf) {
    this.shelf = shelf;
    OwnerOnly.directory(shelf);
  }

  Path directory() {
    return shelf;
  }

  /** The newest complete checkpoint or savepoint. */
  Optional<Path> newest() {
    return complete().stream().findFirst().map(Complete::directory);
  }

  /**
   * Takes away what is older than the newest few, and what was never finished. Only while the job
   * does not run.
   */
  void tidy() {
    var keep = new HashSet<Path>();
    complete().stream().limit(KEPT).map(Complete::directory).forEach(keep::add);
    for (var entry : list(shelf)) {
      // An incremental checkpoint leans on files beside it, so a run's directory goes whole or not
      // at all.
      if (keep.stream().noneMatch(kept -> kept.startsWith(entry))) {
        Directories.delete(entry);
      }
    }
  }

  private List<Complete> complete() {
    var found = new ArrayList<Complete>();
    try (var paths = Files.walk(shelf, DEPTH)) {
      paths
          .filter(path -> path.getFileName().toString().equals(METADATA))
          .forEach(path -> read(path).ifPresent(found::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(Complete::number).thenComparing(Complete::written).reversed());
    return found;
  }

  private static Optional<Complete> read(Path metadata) {
    var directory = metadata.getParent();
    try (var in =
        new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(metadata)))) {
      var read =
          Checkpoints.loadCheckpointMetadata(
              in, CheckpointShelf.class.getClassLoader(), directory.toString());
      return Optional.of(
          new Complete(directory, read.getCheckpointId(), Files.getLastModifiedTime(metadata)));
    } catch (IOException | RuntimeException e) {
      LOG.info("{} is not a complete checkpoint; the one before is used.", directory, e);
      return Optional.empty();
    }
  }

  private static List<Path> list(Path directory) {
    try (var entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
