package no.front.vakt.detection.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import no.front.vakt.contract.Submission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay runs a whole engine in its process; nobody on the network may reach any of it. */
class LoopbackOnlyTest {
  private static final Path PROC = Path.of("/proc/self");
  private static final String LISTENING = "0A";
  private static final String ANY_PEER = "00000000";
  private static final long BETWEEN_LOOKS_NANOS = 20_000_000;

  @TempDir private Path directory;

  @Test
  void aReplayListensOnLoopbackOnly() throws Exception {
    assumeTrue(
        Files.isReadable(PROC.resolve("net/tcp")),
        "Which sockets this process listens on is only told by Linux");
    List<Submission> messages = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      messages.add(ReplayFiles.message("m-" + i, i));
    }
    ReplayFiles files = new ReplayFiles(directory).in(messages);
    Map<String, String> before = listening();
    Map<String, String> during = new HashMap<>();

    CompletableFuture<Replay.Result> replay = CompletableFuture.supplyAsync(() -> run(files));
    while (!replay.isDone()) {
      during.putAll(listening());
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    replay.get();
    during.keySet().removeAll(before.keySet());

    // In hex and the machine's byte order: 127.x.x.x, ::1, ::ffff:127.x.x.x.
    assertThat(during.values())
        .isNotEmpty()
        .allMatch(
            address ->
                address.matches("......7F")
                    || address.equals("00000000000000000000000001000000")
                    || address.matches("0000000000000000FFFF0000......7F"));
  }

  private static Replay.Result run(ReplayFiles files) {
    try {
      return files.run(2);
    } catch (ReplayException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Local addresses of this process's own listening sockets, by socket. */
  private static Map<String, String> listening() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(PROC.resolve("fd"))) {
      descriptors.forEach(descriptor -> inodes.add(target(descriptor)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Map<String, String> addresses = new HashMap<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(PROC.resolve(table))) {
        String[] columns = line.strip().split("\\s+");
        String socket = columns.length > 9 ? "socket:[" + columns[9] + "]" : "";
        if (inodes.contains(socket)
            && columns[3].equals(LISTENING)
            && columns[2].startsWith(ANY_PEER)) {
          addresses.put(socket, columns[1].substring(0, columns[1].indexOf(':')));
        }
      }
    }
    return addresses;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // Closed in the meantime.
      return "";
    }
  }
}
