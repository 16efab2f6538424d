package no.front.vakt.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.testdata.scenario.DemoMessage;
import no.front.vakt.testdata.scenario.Way;

/**
 * The gateway and its customers, calling: HTTPS on kept connections, each message by its own way,
 * and again after a while when the door is busy, with the same id.
 */
final class DoorCaller {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_TRIES = 6;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  /** Codes of the customer API: no right to call (design section 4). */
  private static final int ILLEGAL_ADDRESS = 2;

  private static final int INVALID_PASSWORD = 13;

  /** Codes of the customer API after which the message has been judged. */
  private static final int ACCEPTED_CODE = 0;

  private static final int CONTENT = 4;
  private static final int LIMIT = 5;
  private static final int FROZEN = 7;
  private static final int RECIPIENT = 21;

  private static final String NORWAY = "+47";

  private final HttpClient client;
  private final URI gatewayDoor;
  private final URI customerDoor;
  private final String bearer;

  /** What came of a call. */
  enum Result {
    /** The door has the message. */
    TAKEN,
    /** The door knows whoever called, and he may not. */
    REFUSED,
    /** The door did not take it, however often it was asked. */
    LOST
  }

  private DoorCaller(HttpClient client, URI door, String bearer) {
    this.client = client;
    this.gatewayDoor = door.resolve("/v1/verdicts");
    this.customerDoor = door.resolve("/psk/push.php");
    this.bearer = bearer;
  }

  static DoorCaller of(DemoHouse house) {
    try {
      var client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(PATIENCE)
              .sslContext(trusting(house.authority()))
              .build();
      var bearer = Files.readString(house.gatewayKey()).strip();
      return new DoorCaller(client, house.door(), bearer);
    } catch (IOException | GeneralSecurityException e) {
      throw new Refusal("The door cannot be called: %s.".formatted(e.getMessage()), e);
    }
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "door", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /**
   * Sends a message by a way; always completes, never exceptionally.
   *
   * @param isPatient asks again when the door is busy; one that may not call is not
   */
  CompletableFuture<Result> send(
      DemoMessage message, String messageId, Way way, boolean isPatient) {
    var request = way == Way.GATEWAY ? byGateway(message, messageId) : byCustomer(message);
    return send(request, way, isPatient ? MOST_TRIES : 1);
  }

  private CompletableFuture<Result> send(HttpRequest request, Way way, int triesLeft) {
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .handle((answer, problem) -> problem == null ? result(answer, way) : null)
        .thenCompose(
            result -> {
              if (result != null) {
                return CompletableFuture.completedFuture(result);
              }
              if (triesLeft == 1) {
                return CompletableFuture.completedFuture(Result.LOST);
              }
              var later =
                  CompletableFuture.delayedExecutor(MOST_TRIES - triesLeft + 1, TimeUnit.SECONDS);
              return CompletableFuture.supplyAsync(() -> request, later)
                  .thenCompose(same -> send(same, way, triesLeft - 1));
            });
  }

  private HttpRequest byGateway(DemoMessage message, String messageId) {
    var body = new LinkedHashMap<String, Object>();
    body.put("customerId", message.customerId());
    body.put("messageId", messageId);
    body.put("senderId", message.senderId());
    body.put("recipient", message.recipient());
    body.put("text", message.text());
    body.put("originIp", message.originIp());
    body.put("channel", message.channel());
    return HttpRequest.newBuilder(gatewayDoor)
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + bearer)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(WireJson.bytes(body)))
        .build();
  }

  private HttpRequest byCustomer(DemoMessage message) {
    var body = new LinkedHashMap<String, Object>();
    body.put("serviceid", message.customerId());
    body.put("fromid", message.senderId());
    body.put("phoneno", asCustomersWriteIt(message.recipient()));
    body.put("txt", message.text());
    if (message.password() != null) {
      body.put("password", message.password());
    }
    return HttpRequest.newBuilder(customerDoor)
        .timeout(PATIENCE)
        .header("X-Forwarded-For", message.originIp())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(WireJson.bytes(body)))
        .build();
  }

  private static String asCustomersWriteIt(String recipient) {
    return recipient.startsWith(NORWAY)
        ? recipient.substring(NORWAY.length())
        : "00" + recipient.substring(1);
  }

  /** What the answer means; null: ask again. */
  private static Result result(HttpResponse<String> answer, Way way) {
    return switch (answer.statusCode()) {
      case OK -> way == Way.GATEWAY ? Result.TAKEN : ofCode(answer.body());
      case ACCEPTED -> Result.TAKEN;
      case TOO_MANY, UNAVAILABLE -> null;
      default -> Result.LOST;
    };
  }

  private static Result ofCode(String body) {
    try {
      return switch (WireJson.read(body, JsonNode.class).path("errorcode").asInt(-1)) {
        case ACCEPTED_CODE, CONTENT, LIMIT, FROZEN, RECIPIENT -> Result.TAKEN;
        case ILLEGAL_ADDRESS, INVALID_PASSWORD -> Result.REFUSED;
        default -> Result.LOST;
      };
    } catch (InvalidRecordException e) {
      return Result.LOST;
    }
  }
}
