package no.front.vakt.standalone.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import no.front.vakt.standalone.Refusal;

/** Files and directories that only their owner may read. A file is there whole or not at all. */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private OwnerOnly() {}

  /** Makes the directory, mode 0700, or checks that an existing one is closed to others. */
  public static void directory(Path directory) {
    try {
      var parent = directory.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw new Refusal("%s is a file, but a directory is needed there.".formatted(directory));
      }
      check(directory);
    } catch (IOException e) {
      throw new Refusal("The directory %s cannot be made: %s.".formatted(directory, reason(e)), e);
    }
  }

  /** Writes the file, mode 0600, in one step: a crash leaves the old content or the new. */
  public static void write(Path file, String content) {
    var beside = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.deleteIfExists(beside);
      try (var channel =
          FileChannel.open(
              beside,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(FILE))) {
        var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Refusal("%s cannot be written: %s.".formatted(file, reason(e)), e);
    }
  }

  /** Reads a file that nobody but its owner may read. */
  public static String read(Path file) {
    check(file);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Refusal("%s cannot be read: %s.".formatted(file, reason(e)), e);
    }
  }

  /** Refuses a path that others than its owner may read or write. */
  public static void check(Path path) {
    try {
      var permissions = Files.getPosixFilePermissions(path);
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        throw new Refusal(
            "%s is open to other users (%s): close it with 'chmod %s %s' and think about who may have read it."
                .formatted(
                    path,
                    PosixFilePermissions.toString(permissions),
                    Files.isDirectory(path) ? "700" : "600",
                    path));
      }
    } catch (NoSuchFileException e) {
      throw new Refusal("%s is missing.".formatted(path), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
