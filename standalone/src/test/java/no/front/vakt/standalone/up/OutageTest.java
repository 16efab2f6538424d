package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** A part goes away in the middle of everything and comes back. */
class OutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

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
    house.policy("klubben", "{\"customerId\": \"klubben\", \"name\": \"Klubben\"}");
  }

  @Test
  void whileTheBrokerIsAwayTheDoorSaysSoAndWhatItAcknowledgedIsJudgedAndSentAfter()
      throws Exception {
    try (var household = house.start()) {
      house.judge(message("warm"));
      List<String> acknowledged = new ArrayList<>(List.of("warm"));
      for (int i = 0; i < 20; i++) {
        var id = "before-" + i;
        assertThat(submit(id, "?deadlineMillis=0")).isIn(200, 202);
        acknowledged.add(id);
      }
      household
          .broker()
          .away(
              () ->
                  await()
                      .atMost(PATIENCE)
                      .untilAsserted(() -> assertThat(submit("while", "")).isEqualTo(503)));
      acknowledged.add("while");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(submit("while", "")).isEqualTo(200));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(delivered(household))
                      .containsExactlyInAnyOrderElementsOf(acknowledged));
    }
  }

  @Test
  void whileTheDatabaseIsAwayMessagesAreJudgedAndAfterNothingIsMissing() throws Exception {
    try (var household = house.start()) {
      house.judge(message("first"));
      var pid =
          Files.readAllLines(home.resolve("var/postgresql/data/postmaster.pid")).get(0).strip();
      ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
      assertThat(house.judge(message("second")).path("outcome").asText()).isEqualTo("ALLOW");
      house.policy(
          "klubben",
          "{\"customerId\": \"klubben\", \"frozen\": {\"reason\": \"until the database is back\"}}");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          house.judge(message("m-" + System.nanoTime())).path("outcome").asText())
                      .isEqualTo("BLOCK"));
      var history =
          house.send(
              house
                  .staff("/v1/customers/klubben/policy/versions")
                  .method("GET", HttpRequest.BodyPublishers.noBody()));
      assertThat(WireJson.read(history.body(), JsonNode.class).path("versions")).hasSize(2);
      assertThat(household.isStopping()).isFalse();
    }
  }

  private int submit(String id, String query) throws Exception {
    return house
        .send(
            house
                .door("/v1/verdicts" + query)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message(id))))
        .statusCode();
  }

  private static String message(String id) {
    return """
    {"customerId": "klubben", "messageId": "%s", "senderId": "Klubben",
     "recipient": "+4799900001", "text": "Hei %s"}
    """
        .formatted(id, id);
  }

  private List<String> delivered(Household household) {
    return house.read(household, Topics.SMS_DELIVERY, DeliveryOrder.class).stream()
        .map(order -> order.submission().path("messageId").asText())
        .distinct()
        .collect(Collectors.toList());
  }
}
