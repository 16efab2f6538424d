package no.front.vakt.standalone.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeMap;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;

/**
 * The place the household works in: its data directory, taken by one process at a time. The lock is
 * the operating system's and goes with the process, so a crash leaves none behind; the process id
 * beside it is only there to be told.
 */
public final class Workplace implements AutoCloseable {
  /** Below this the broker would soon stop in the middle of a write. */
  private static final long LEAST_FREE_BYTES = 1L << 30;

  private final Path data;
  private final FileChannel channel;
  private final FileLock lock;

  private Workplace(Path data, FileChannel channel, FileLock lock) {
    this.data = data;
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the data directory, or says who has it. */
  public static Workplace take(Path data) {
    OwnerOnly.directory(data);
    var pidFile = data.resolve("pid");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              data.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new Refusal(
            "Vakt is already up on %s (process %s): stop that one first, or choose another data.directory."
                .formatted(
                    data, Files.exists(pidFile) ? Files.readString(pidFile).strip() : "unknown"));
      }
      Files.writeString(pidFile, ProcessHandle.current().pid() + "\n", StandardCharsets.US_ASCII);
      return new Workplace(data, channel, lock);
    } catch (IOException e) {
      throw new Refusal(
          "The data directory %s cannot be used: %s.".formatted(data, e.getMessage()), e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  /** Refuses to start into a full disk. */
  public void checkFreeSpace() {
    try {
      checkFreeSpace(Files.getFileStore(data).getUsableSpace());
    } catch (IOException e) {
      throw new Refusal(
          "The free space of %s cannot be read: %s.".formatted(data, e.getMessage()), e);
    }
  }

  void checkFreeSpace(long usableBytes) {
    if (usableBytes < LEAST_FREE_BYTES) {
      throw new Refusal(
          "The disk under %s has %d MB free and Vakt needs at least %d: make room or choose another data.directory."
              .formatted(data, usableBytes >> 20, LEAST_FREE_BYTES >> 20));
    }
  }

  /** Refuses when somebody else listens on one of the household's ports. */
  public static void checkPorts(HouseholdSettings settings) {
    var loopback = InetAddress.getLoopbackAddress();
    new TreeMap<>(settings.portSettings())
        .forEach(
            (port, key) ->
                checkPort(
                    port == settings.httpsPort() ? settings.bindAddress() : loopback, port, key));
  }

  private static void checkPort(InetAddress address, int port, String key) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new Refusal(
          "Port %d on %s cannot be used (%s): stop what listens there, or choose another with --set %s=PORT, %s or %s."
              .formatted(
                  port,
                  address.getHostAddress(),
                  e.getMessage(),
                  key,
                  Setting.find(key).orElseThrow().variable(),
                  HouseholdSettings.FILE),
          e);
    }
  }

  public Path brokerDirectory() {
    return data.resolve("broker");
  }

  /** Where a job's checkpoints rest; those of another log mean nothing, so each log has its own. */
  public Path checkpointDirectory(String clusterId, String job) {
    var ofTheLog = data.resolve("checkpoints").resolve(clusterId);
    OwnerOnly.directory(ofTheLog);
    return ofTheLog.resolve(job);
  }

  /** Whether anything is there that was sealed with keys. */
  boolean hasData() {
    return Files.exists(brokerDirectory()) || Files.exists(databaseDirectory());
  }

  /** Where the embedded database works. */
  Path databaseDirectory() {
    return data.resolve("postgresql");
  }

  public Path logFile() {
    return data.resolve("log").resolve("vakt.log");
  }

  /** For what need not outlive the process. */
  public Path temporaryDirectory() {
    return data.resolve("tmp");
  }

  /** The temporary directory, emptied of what a process before left. */
  Path freshTemporaryDirectory() {
    Directories.delete(temporaryDirectory());
    OwnerOnly.directory(temporaryDirectory());
    return temporaryDirectory();
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(data.resolve("pid"));
      lock.release();
    } catch (IOException e) {
      throw new Refusal(
          "The data directory %s cannot be given back: %s.".formatted(data, e.getMessage()), e);
    }
  }
}
