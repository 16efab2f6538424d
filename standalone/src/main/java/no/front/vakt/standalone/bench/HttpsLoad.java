package no.front.vakt.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.testdata.traffic.TrafficGenerator;

/** A gateway in a hurry: calls the door over HTTPS from within this process. */
final class HttpsLoad implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Connections at most, more than the door lets messages wait. Each holds one call; when all do,
   * the caller waits, and its waiting counts as latency.
   */
  private static final int CONNECTIONS = 1_500;

  private final HttpClient client;
  private final URI verdicts;
  private final String bearer;
  private final TrafficGenerator traffic;
  private final AtomicLong next;

  HttpsLoad(URI door, Path authority, Path bearerKey, TrafficGenerator traffic, long first)
      throws IOException, GeneralSecurityException {
    this.client =
        HttpClient.newBuilder()
            .sslContext(trusting(authority))
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newFixedThreadPool(2, HttpsLoad::daemon))
            .connectTimeout(PATIENCE)
            .build();
    this.verdicts = door.resolve("/v1/verdicts?deadlineMillis=5000");
    this.bearer = "Bearer " + Files.readString(bearerKey).strip();
    this.traffic = traffic;
    this.next = new AtomicLong(first);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "bench-caller");
    thread.setDaemon(true);
    return thread;
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "door", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Sends the next message; the future holds the HTTP status, or 0 when the call failed. */
  CompletableFuture<Integer> call() {
    Submission message = traffic.message(next.getAndIncrement());
    HttpRequest request =
        HttpRequest.newBuilder(verdicts)
            .timeout(PATIENCE)
            .header("Authorization", bearer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.bytes(message)))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle((response, failure) -> failure == null ? response.statusCode() : 0);
  }

  /**
   * What an open-loop run measured.
   *
   * @param sent calls made
   * @param judged answered 200
   * @param refused answered 429
   * @param other anything else
   */
  record Measured(
      double p50, double p99, double p999, long sent, long judged, long refused, long other) {
    /** Verdicts a second over a run of that length. */
    double goodput(int seconds) {
      return (double) judged / seconds;
    }
  }

  /** Sends at an even pace whatever comes back; latency counts from the intended moment. */
  Measured openLoop(double perSecond, int seconds) {
    int calls = (int) (perSecond * seconds);
    double[] millis = new double[calls];
    AtomicLong judged = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    AtomicLong other = new AtomicLong();
    Semaphore inFlight = new Semaphore(CONNECTIONS);
    long start = System.nanoTime() + 1_000_000;
    for (int i = 0; i < calls; i++) {
      long intended = start + (long) (i * 1e9 / perSecond);
      while (System.nanoTime() < intended) {
        LockSupport.parkNanos(intended - System.nanoTime());
      }
      int place = i;
      inFlight.acquireUninterruptibly();
      call()
          .thenAccept(
              status -> {
                millis[place] = (System.nanoTime() - intended) / 1e6;
                (status == 200 ? judged : status == 429 ? refused : other).incrementAndGet();
                inFlight.release();
              });
    }
    inFlight.acquireUninterruptibly(CONNECTIONS);
    Arrays.sort(millis);
    return new Measured(
        at(millis, 0.5),
        at(millis, 0.99),
        at(millis, 0.999),
        calls,
        judged.get(),
        refused.get(),
        other.get());
  }

  /** Keeps so many calls in flight; verdicts a second. */
  double closedLoop(int inFlight, int seconds) {
    AtomicLong judged = new AtomicLong();
    Semaphore places = new Semaphore(inFlight);
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      places.acquireUninterruptibly();
      call()
          .thenAccept(
              status -> {
                if (status == 200) {
                  judged.incrementAndGet();
                }
                places.release();
              });
    }
    places.acquireUninterruptibly(inFlight);
    return judged.get() / ((System.nanoTime() - start) / 1e9);
  }

  /** Opens all connections beforehand, a few at a time: handshakes are not what is measured. */
  void openConnections() {
    for (int open = 100; open <= CONNECTIONS; open += 100) {
      closedLoop(open, 1);
    }
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  @Override
  public void close() {
    client.executor().ifPresent(e -> ((java.util.concurrent.ExecutorService) e).shutdownNow());
  }
}
