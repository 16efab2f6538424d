package no.front.vakt.detection.job;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import no.front.vakt.contract.KeyRing;

/** Where a job's tasks find the keys; the keys themselves never travel with the job. */
@FunctionalInterface
public interface KeySource extends Serializable {
  /** The keys. */
  KeyRing keys();

  /** Keys in a directory of the machine the task runs on. */
  static KeySource directory(Path directory) {
    String path = directory.toString();
    return () -> {
      try {
        return KeyRing.load(Path.of(path));
      } catch (IOException e) {
        throw new UncheckedIOException("The keys cannot be read: " + e.getMessage(), e);
      }
    };
  }

  /** Fresh keys that die with the process: for replay, where nothing rests. */
  static KeySource fresh() {
    return KeyRing::generate;
  }
}
