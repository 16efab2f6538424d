package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import no.front.vakt.contract.CanarySearch;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** All of the picture at once, through its doors, as those who use it see it. */
class WholePictureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TEST_COST = 4;
  private static final String NUMBER = "+4799947321";
  private static final String TEXT = "Kanarifuglen synger i gruva http://lure.example.com/kanari";
  private static final String PASSWORD = "kanari-passord-8143";
  private static final String CONTACT = "kanari.kontakt@klubben.example";

  @TempDir Path home;
  private House house;

  @BeforeAll
  static void keepTomcatQuiet() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  @BeforeEach
  void layOut() throws Exception {
    house = new House(home);
    house.policy(
        "klubben",
        """
        {"customerId": "klubben", "name": "Klubben", "language": "en",
         "contacts": [{"name": "Kari", "email": "%s", "language": "en"}],
         "access": {"passwordHash": "%s"},
         "rules": [{"id": "links", "kind": "url-whitelist", "action": "HOLD", "allowed": ["front.no"]}]}
        """
            .formatted(CONTACT, new BCryptPasswordEncoder(TEST_COST).encode(PASSWORD)));
  }

  @Test
  void aMessageGoesItsWholeWayAndPeopleHearOfIt() throws Exception {
    try (var household = house.start()) {
      assertThat(judge("m-allowed", "Trening kl 18").path("outcome").asText()).isEqualTo("ALLOW");
      awaitState("m-allowed", "sent");
      assertThat(judge("m-only-asked", "Trening kl 19", false).path("outcome").asText())
          .isEqualTo("ALLOW");

      assertThat(judge("m-held", TEXT).path("outcome").asText()).isEqualTo("HOLD");
      awaitState("m-held", "parked");
      assertThat(delivered(household)).containsExactly("m-allowed");
      var answer =
          house.send(
              house
                  .staff("/v1/customers/klubben/messages/m-held/decision")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"decision\": \"release\"}")));
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(awaitState("m-held", "sent").path("by").asText()).isEqualTo("staff");

      assertThat(push(PASSWORD)).startsWith("ErrorCode=0, ID=");
      assertThat(push("et-helt-annet-passord")).startsWith("ErrorCode=13, ID=");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(delivered(household))
                      .hasSize(3)
                      .contains("m-allowed", "m-held")
                      .anyMatch(id -> id.startsWith("push-")));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(mailbox(household)).contains(CONTACT, "vakt@staff.example"));

      policyIsChangedOverTheControlApi();
    }
    nothingPersonalRestsInPlain();
  }

  private void policyIsChangedOverTheControlApi() throws Exception {
    var path = "/v1/customers/klubben/policy";
    var standing = house.send(house.staff(path).GET());
    var tag = standing.headers().firstValue("ETag").orElseThrow();
    var changed = standing.body().replace("front.no", "lure.example.com");
    var answer =
        house.send(
            house
                .staff(path + "?reason=ours")
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(changed)));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(judge("m-" + System.nanoTime(), TEXT).path("outcome").asText())
                    .isEqualTo("ALLOW"));
  }

  /** The whole data directory: the log, every checkpoint, the database's files, all log files. */
  private void nothingPersonalRestsInPlain() throws Exception {
    var found =
        new CanarySearch()
            .number(NUMBER)
            .text(TEXT)
            .text("Kanarifuglen synger i gruva")
            .text(PASSWORD)
            .text(CONTACT)
            .text(Files.readString(home.resolve("keys/gateway.key")).strip())
            .text(Files.readString(home.resolve("keys/staff.key")).strip())
            .text(Files.readString(home.resolve("keys/database.key")).strip())
            .text(Files.readString(home.resolve("keys/mail.key")).strip())
            .below(home.resolve("var"));
    assertThat(found).isEmpty();
    // The search sees what it should see.
    assertThat(new CanarySearch().text("m-held").below(home.resolve("var/broker"))).isNotEmpty();
    assertThat(new CanarySearch().text("klubben").below(home.resolve("var/postgresql/data")))
        .isNotEmpty();
  }

  private JsonNode judge(String messageId, String text) throws Exception {
    return judge(messageId, text, true);
  }

  private JsonNode judge(String messageId, String text, boolean deliver) throws Exception {
    return house.judge(
        """
        {"customerId": "klubben", "messageId": "%s", "senderId": "Klubben", "recipient": "%s",
         "text": "%s", "originIp": "192.0.2.77", "deliver": %s}
        """
            .formatted(messageId, NUMBER, text, deliver));
  }

  private JsonNode awaitState(String messageId, String state) throws Exception {
    var request = house.door("/v1/customers/klubben/verdicts/" + messageId).GET();
    return await()
        .atMost(PATIENCE)
        .until(
            () -> WireJson.read(house.send(request).body(), JsonNode.class),
            answer -> answer.path("state").asText().equals(state));
  }

  private String push(String password) throws Exception {
    return house
        .send(
            house
                .customer("/psk/push.php")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "serviceid=klubben&fromid=Klubben&phoneno=%s&txt=Hei+fra+klubben&password=%s"
                            .formatted(NUMBER.substring(3), password))))
        .body();
  }

  private Set<String> delivered(Household household) {
    List<DeliveryOrder> orders = house.read(household, Topics.SMS_DELIVERY, DeliveryOrder.class);
    return orders.stream()
        .map(order -> order.submission().path("messageId").asText())
        .collect(Collectors.toSet());
  }

  private static String mailbox(Household household) throws Exception {
    var browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    var page = HttpRequest.newBuilder(household.mailPage().orElseThrow()).build();
    return browser.send(page, HttpResponse.BodyHandlers.ofString()).body();
  }
}
