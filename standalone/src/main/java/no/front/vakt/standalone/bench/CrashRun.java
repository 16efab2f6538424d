package no.front.vakt.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import no.front.vakt.standalone.outside.OwnPlace;
import no.front.vakt.standalone.outside.VaktProcess;
import no.front.vakt.testdata.traffic.TrafficGenerator;

/** Kills a Vakt of its own in the middle of traffic and waits for the next verdict. */
final class CrashRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final OwnPlace place;

  CrashRun(OwnPlace place) {
    this.place = place;
  }

  /** Seconds from {@code kill -9} to the next verdict, the new process started at once. */
  double secondsToNextVerdict() throws IOException, GeneralSecurityException, InterruptedException {
    VaktProcess first = VaktProcess.start(place);
    try {
      awaitVerdict(first);
      try (HttpsLoad load = load()) {
        load.openLoop(8, 200, 12);
      }
    } finally {
      first.kill();
    }
    long killed = System.nanoTime();
    VaktProcess second = VaktProcess.start(place);
    try {
      awaitVerdict(second);
      return (System.nanoTime() - killed) / 1e9;
    } finally {
      second.stop();
    }
  }

  private void awaitVerdict(VaktProcess process)
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
