package no.front.vakt.standalone.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import no.front.vakt.testdata.traffic.TrafficGenerator;

/** Kills a Vakt of its own in the middle of traffic and waits for the next verdict. */
final class CrashRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final BenchPlace place;

  CrashRun(BenchPlace place) {
    this.place = place;
  }

  /** Seconds from {@code kill -9} to the next verdict, the new process started at once. */
  double secondsToNextVerdict() throws IOException, GeneralSecurityException, InterruptedException {
    Process first = start();
    try {
      awaitVerdict(first);
      try (HttpsLoad load = load()) {
        load.openLoop(8, 200, 12);
      }
    } finally {
      first.destroyForcibly().waitFor();
    }
    long killed = System.nanoTime();
    Process second = start();
    try {
      awaitVerdict(second);
      return (System.nanoTime() - killed) / 1e9;
    } finally {
      second.destroy();
      if (!second.waitFor(60, TimeUnit.SECONDS)) {
        second.destroyForcibly().waitFor();
      }
    }
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("no.front.vakt.standalone.Vakt", "up"));
    place
        .settings()
        .forEach(
            (key, value) -> {
              command.add("--set");
              command.add(key + "=" + value);
            });
    File log = place.directory().resolve("up.log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private void awaitVerdict(Process process)
      throws IOException, GeneralSecurityException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IllegalStateException("up ended by itself; its log is " + place.directory());
      }
      if (Files.exists(place.bearerKey()) && Files.exists(place.authority())) {
        try (HttpsLoad load = load()) {
          if (load.isAnswered()) {
            return;
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException("No verdict came within two minutes");
  }

  private HttpsLoad load() throws IOException, GeneralSecurityException {
    TrafficGenerator traffic = SubmittedLog.tenThousandCustomers(1);
    return new HttpsLoad(
        URI.create("https://localhost:" + place.httpsPort()),
        place.authority(),
        place.bearerKey(),
        traffic,
        System.nanoTime());
  }
}
