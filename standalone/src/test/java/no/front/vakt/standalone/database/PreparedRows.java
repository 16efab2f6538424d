package no.front.vakt.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import no.front.vakt.standalone.files.OwnerOnly;

/**
 * Unpacked programs and a fresh data directory, made once and copied for each test: both take
 * seconds to make on a busy disk.
 */
final class PreparedRows {
  private final Path directory;

  private PreparedRows(Path directory) {
    this.directory = directory;
  }

  static PreparedRows make(Path directory, Path ownerPassword) {
    DataDirectory.prepare(
        directory.resolve("data"), PostgresBinaries.unpack(directory), ownerPassword);
    return new PreparedRows(directory);
  }

  /** Rows as copies, programs as hard links. */
  void copyTo(Path place) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.toList()) {
        var copy = place.resolve(directory.relativize(path).toString());
        if (Files.isSymbolicLink(path)) {
          Files.createSymbolicLink(copy, Files.readSymbolicLink(path));
        } else if (Files.isDirectory(path)) {
          OwnerOnly.directory(copy);
        } else if (path.startsWith(directory.resolve("data"))) {
          Files.copy(path, copy);
        } else {
          Files.createLink(copy, path);
        }
      }
    }
  }

  /** The name of the directory with the programs. */
  Path binaries() throws IOException {
    try (var children = Files.list(directory)) {
      return children
          .map(Path::getFileName)
          .filter(name -> name.toString().startsWith("binaries-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
