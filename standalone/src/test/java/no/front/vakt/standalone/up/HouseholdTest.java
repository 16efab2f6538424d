package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The whole system: a message goes in over HTTPS, a verdict comes out. */
class HouseholdTest {
  private static final String NORWAY = "+4740000001";
  private static final String SWEDEN = "+46701234567";

  @TempDir Path home;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Map<String, String> ports = new HashMap<>();

  @BeforeAll
  static void keepTomcatQuiet() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  @BeforeEach
  void layOut() throws Exception {
    for (var port :
        List.of(
            "https.port",
            "broker.port",
            "controller.port",
            "control.port",
            "database.port",
            "mail.port",
            "mail.page-port")) {
      ports.put(port, String.valueOf(FreePorts.next()));
    }
    Files.createDirectory(home.resolve("policies"));
    allow("NO");
  }

  @Test
  void judgesAndGoesOnWhereItWas() throws Exception {
    try (var household = start()) {
      assertThat(judge(household, "first", NORWAY).path("outcome").asText()).isEqualTo("ALLOW");
      var blocked = judge(household, "second", SWEDEN);
      assertThat(blocked.path("outcome").asText()).isEqualTo("BLOCK");
      assertThat(blocked.at("/findings/0/ruleId").asText()).isEqualTo("home");
      assertThat(blocked.at("/findings/0/text/en").asText()).isNotBlank();

      allow("NO", "SE");
      await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(
                          judge(household, "sweden-" + System.nanoTime(), SWEDEN)
                              .path("outcome")
                              .asText())
                      .isEqualTo("ALLOW"));

      assertThatThrownBy(this::start)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("already up");
    }
    try (var household = start()) {
      assertThat(judge(household, "first", NORWAY).at("/findings/0/kind").asText())
          .isEqualTo("repeat");
      assertThat(judge(household, "third", SWEDEN).path("policyVersion").asLong()).isEqualTo(2);
    }
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Vakt is up"))
        .anyMatch(line -> line.startsWith("curl "));
  }

  @Test
  void leavesNothingRunningWhenAPartDoesNotComeUp() throws Exception {
    try (var taken = new ServerSocket()) {
      taken.bind(
          new java.net.InetSocketAddress(
              "127.0.0.1", Integer.parseInt(ports.get("controller.port"))));
      assertThatThrownBy(this::start)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("controller.port");
    }
    Files.delete(home.resolve("policies/shop.json"));
    Files.delete(home.resolve("policies"));
    assertThatThrownBy(this::start)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("policies.directory");

    Workplace.checkPorts(settings());
    Workplace.take(home.resolve("var")).close();
  }

  private Household start() {
    var household = new Household(settings(), Clock.systemUTC(), lines::add, workplace -> {});
    household.start();
    return household;
  }

  private HouseholdSettings settings() {
    return HouseholdSettings.read(home, Map.of(), ports);
  }

  private void allow(String... countries) throws Exception {
    Files.writeString(
        home.resolve("policies/shop.json"),
        """
        {"customerId": "shop", "rules": [
          {"id": "home", "kind": "country-policy", "action": "BLOCK", "allowed": %s}]}
        """
            .formatted(WireJson.text(countries)));
  }

  private JsonNode judge(Household household, String messageId, String recipient) throws Exception {
    var submission =
        """
        {"customerId": "shop", "messageId": "%s", "senderId": "Shop", "recipient": "%s",
         "channel": "API", "text": "Hei"}
        """
            .formatted(messageId, recipient);
    var request =
        HttpRequest.newBuilder(URI.create(household.address() + "/v1/verdicts"))
            .header(
                "Authorization",
                "Bearer " + Files.readString(home.resolve("keys/gateway.key")).strip())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(submission))
            .build();
    var client =
        HttpClient.newBuilder().sslContext(trusting(home.resolve("keys/door/ca.crt"))).build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 202) {
      // Pending: the same call a little later is answered with the verdict.
      return await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () -> client.send(request, HttpResponse.BodyHandlers.ofString()),
              response -> response.statusCode() == 200)
          .body()
          .transform(body -> WireJson.read(body, JsonNode.class));
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return WireJson.read(answer.body(), JsonNode.class);
  }

  private static SSLContext trusting(Path authority) throws Exception {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
