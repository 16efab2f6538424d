package no.front.vakt.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.outside.KeptConnection;
import no.front.vakt.standalone.outside.OwnPlace;
import no.front.vakt.standalone.up.Household;

/**
 * How long a change takes to be in force: from the answer to a PUT at the control API to the first
 * message that is judged by it, change after change, on a whole household.
 */
final class PolicyRun {
  private static final int CHANGES = 200;
  private static final int BETWEEN_ASKING_MILLIS = 10;
  private static final int DEADLINE_MILLIS = 2_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final String CUSTOMER = "klubben";

  private final OwnPlace place;

  PolicyRun(OwnPlace place) {
    this.place = place;
  }

  /** Milliseconds from the answer until in force, shortest first. */
  record Measured(double[] sorted) {
    double at(double share) {
      return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }
  }

  Measured run() throws IOException, GeneralSecurityException, InterruptedException {
    try (Household household =
        new Household(place.householdSettings(), Clock.systemUTC(), line -> {}, workplace -> {})) {
      household.start();
      URI policy =
          household.controlAddress().orElseThrow().resolve("/v1/customers/" + CUSTOMER + "/policy");
      HttpClient client =
          HttpClient.newBuilder().sslContext(KeptConnection.context(place.authority())).build();
      double[] millis = new double[CHANGES];
      try (KeptConnection door =
          new KeptConnection(
              KeptConnection.trusting(place.authority()),
              place.httpsPort(),
              Files.readString(place.bearerKey()).strip())) {
        for (int change = 0; change < CHANGES; change++) {
          long version = put(client, policy, change);
          long answered = System.nanoTime();
          awaitInForce(door, change, version);
          millis[change] = (System.nanoTime() - answered) / 1e6;
        }
      }
      Arrays.sort(millis);
      return new Measured(millis);
    }
  }

  private long put(HttpClient client, URI policy, int change)
      throws IOException, InterruptedException {
    String body = "{\"customerId\": \"%s\", \"name\": \"change %d\"}".formatted(CUSTOMER, change);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(policy)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + Files.readString(place.staffKey()).strip())
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body));
    if (change == 0) {
      request.header("If-None-Match", "*");
    } else {
      request.header("If-Match", "\"" + change + "\"");
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("A change was answered " + answer.statusCode() + ": " + answer.body());
    }
    return change + 1L;
  }

  private static void awaitInForce(KeptConnection door, int change, long version)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (int asked = 0; System.nanoTime() < deadline; asked++) {
      String message =
          "{\"customerId\": \"%s\", \"messageId\": \"m-%d-%d\", \"senderId\": \"Klubben\","
              + " \"recipient\": \"+4799900001\", \"text\": \"Hei\", \"deliver\": false}";
      byte[] body = message.formatted(CUSTOMER, change, asked).getBytes(StandardCharsets.UTF_8);
      KeptConnection.Answer answer = door.post(body, DEADLINE_MILLIS);
      if (answer.status() == 200
          && WireJson.read(answer.body(), Verdict.class).policyVersion() >= version) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_ASKING_MILLIS);
    }
    throw new IllegalStateException("Version " + version + " did not come into force");
  }
}
