package no.front.vakt.standalone.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.OwnerOnly;

/** One running server process: started, waited for, stopped. */
final class Postmaster {
  /** Long enough to replay the largest log after a crash on a slow disk. */
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private static final Duration LONGEST_FAST_STOP = Duration.ofSeconds(30);
  private static final Duration LONGEST_CRASH_STOP = Duration.ofSeconds(5);

  private static final long PAUSE_MILLIS = 25;
  private static final long LARGEST_LOG_BYTES = 4L << 20;

  private final Process process;

  private Postmaster(Process process) {
    this.process = process;
  }

  /** Starts the server and returns when it takes connections. */
  static Postmaster start(PostgresBinaries binaries, DataDirectory data, Path log) {
    var logged = prepareLog(log);
    var postmaster = new Postmaster(launch(binaries, data, log));
    if (!postmaster.becomesReady(data)) {
      throw new Refusal(
          "The database did not start: %s (%s has more)."
              .formatted(firstFatal(lastWords(log, logged)), log));
    }
    return postmaster;
  }

  /** Ends when the process ends, for whatever reason. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Stops the server in order: open transactions are rolled back, everything is written. */
  void stop(PostgresBinaries binaries) {
    stop(binaries, process.toHandle());
  }

  /** Stops any server process in order, and harder when it does not go. */
  static void stop(PostgresBinaries binaries, ProcessHandle server) {
    signal(binaries, server, "INT");
    if (!ends(server, LONGEST_FAST_STOP)) {
      signal(binaries, server, "QUIT");
      if (!ends(server, LONGEST_CRASH_STOP)) {
        server.destroyForcibly();
        ends(server, LONGEST_CRASH_STOP);
      }
    }
  }

  /** Sends a signal by PostgreSQL's own hand: Java has words for two signals only. */
  static void signal(PostgresBinaries binaries, ProcessHandle server, String signal) {
    try {
      new ProcessBuilder(binaries.command("pg_ctl", "kill", signal, String.valueOf(server.pid())))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(LONGEST_CRASH_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      // then the server is stopped harder
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for a process to end, also when this thread is being interrupted. An orphan that nobody
   * has buried yet, as in a container without an init, has ended too.
   */
  static boolean ends(ProcessHandle process, Duration within) {
    long began = System.nanoTime();
    boolean wasInterrupted = Thread.interrupted();
    try {
      while (isRunning(process)) {
        if (passed(began, within)) {
          return false;
        }
        try {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
      return true;
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isRunning(ProcessHandle process) {
    try {
      Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "exe"));
      return process.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  private static Process launch(PostgresBinaries binaries, DataDirectory data, Path log) {
    try {
      return new ProcessBuilder(binaries.command("postgres", "-D", data.path().toString()))
          .redirectErrorStream(true)
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new Refusal("The database did not start: %s.".formatted(e.getMessage()), e);
    }
  }

  private boolean becomesReady(DataDirectory data) {
    long began = System.nanoTime();
    while (process.isAlive()) {
      if (LockFile.read(data.path()).filter(lock -> lock.isReadyAs(process.pid())).isPresent()) {
        return true;
      }
      if (passed(began, LONGEST_START)) {
        process.destroyForcibly();
        return false;
      }
      try {
        process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new Refusal("The start of the database was stopped.");
      }
    }
    return false;
  }

  /** Makes the log, or puts a large one aside; returns how long it is now. */
  private static long prepareLog(Path log) {
    try {
      Files.createDirectories(log.getParent());
      if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
        Files.move(
            log,
            log.resolveSibling(log.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.ATOMIC_MOVE);
      }
      if (Files.notExists(log)) {
        OwnerOnly.write(log, "");
      }
      return Files.size(log);
    } catch (IOException e) {
      throw new Refusal("%s cannot be written: %s.".formatted(log, e.getMessage()), e);
    }
  }

  private static String lastWords(Path log, long from) {
    try (var in = Files.newInputStream(log)) {
      in.skipNBytes(from);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static String firstFatal(String said) {
    return List.of(said.split("\n")).stream()
        .filter(line -> line.contains("FATAL:"))
        .map(line -> line.substring(line.indexOf("FATAL:") + "FATAL:".length()).strip())
        .findFirst()
        .orElse("its process ended");
  }

  private static boolean passed(long began, Duration limit) {
    return System.nanoTime() - began > limit.toNanos();
  }
}
