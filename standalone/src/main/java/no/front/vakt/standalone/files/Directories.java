package no.front.vakt.standalone.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import no.front.vakt.standalone.Refusal;

/** Directories that come and go as a whole. */
public final class Directories {
  private Directories() {}

  /** Deletes the directory with all that is in it; it may be absent. */
  public static void delete(Path directory) {
    if (Files.notExists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new Refusal("%s cannot be removed: %s.".formatted(directory, e.getMessage()), e);
    }
  }
}
