package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
  private House house;

  @BeforeAll
  static void keepTomcatQuiet() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  @BeforeEach
  void layOut() throws Exception {
    house = new House(home);
    allow("NO");
  }

  @Test
  void judgesAndGoesOnWhereItWas() throws Exception {
    try (var household = house.start()) {
      assertThat(household.isStopping()).isFalse();
      assertThat(judge("first", NORWAY).path("outcome").asText()).isEqualTo("ALLOW");
      var blocked = judge("second", SWEDEN);
      assertThat(blocked.path("outcome").asText()).isEqualTo("BLOCK");
      assertThat(blocked.at("/findings/0/ruleId").asText()).isEqualTo("home");
      assertThat(blocked.at("/findings/0/text/en").asText()).isNotBlank();

      allow("NO", "SE");
      await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(judge("sweden-" + System.nanoTime(), SWEDEN).path("outcome").asText())
                      .isEqualTo("ALLOW"));

      assertThatThrownBy(house::start)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("already up");
    }
    try (var household = house.start()) {
      assertThat(household.isStopping()).isFalse();
      assertThat(judge("first", NORWAY).at("/findings/0/kind").asText()).isEqualTo("repeat");
      assertThat(judge("third", SWEDEN).path("policyVersion").asLong()).isEqualTo(2);
    }
    assertThat(house.lines)
        .anyMatch(line -> line.startsWith("Vakt is up"))
        .anyMatch(line -> line.startsWith("curl "));
  }

  @Test
  void judgesThoughThePartsBesideDoNotComeUp() throws Exception {
    try (var household = house.start()) {
      assertThat(household.controlAddress()).isPresent();
    }
    try (var taken = new ServerSocket()) {
      taken.bind(
          new java.net.InetSocketAddress(
              "127.0.0.1", Integer.parseInt(house.settings.get("database.port"))));
      try (var household = house.start()) {
        assertThat(household.controlAddress()).isEmpty();
        assertThat(judge("third", SWEDEN).path("outcome").asText()).isEqualTo("BLOCK");
      }
    }
    assertThat(house.lines)
        .anyMatch(
            line ->
                line.startsWith("The control API and database did not start")
                    && line.contains("database.port")
                    && line.contains("tried again"));
  }

  @Test
  void tellsEveryWrongSettingOfEveryPartBeforeAnythingIsStarted() {
    house.settings.put("verdict-api.web.treads", "7");
    house.settings.put("verdict-api.web.port", "8443");
    house.settings.put("control-api.web.address", "0.0.0.0");
    house.settings.put("alerting.smtp.threads", "many");
    house.settings.put("delivery.routes", "+47=op-no");
    house.settings.put("alerts.interval", "5");
    assertThatThrownBy(house::start)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("verdict-api.web.treads")
        .hasMessageContaining("verdict-api.web.port is the household's to say")
        .hasMessageContaining("control-api.web.address is the household's to say")
        .hasMessageContaining("alerting.smtp.threads")
        .hasMessageContaining("delivery.routes")
        .hasMessageContaining("alerts.interval");
    assertThat(house.lines).noneMatch(line -> line.startsWith("broker"));
  }

  @Test
  void leavesNothingRunningWhenAPartDoesNotComeUp() throws Exception {
    try (var taken = new ServerSocket()) {
      taken.bind(
          new java.net.InetSocketAddress(
              "127.0.0.1", Integer.parseInt(house.settings.get("controller.port"))));
      assertThatThrownBy(house::start)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("controller.port");
    }
    Files.delete(home.resolve("policies/shop.json"));
    Files.delete(home.resolve("policies"));
    assertThatThrownBy(house::start)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("policies.directory");

    Workplace.checkPorts(house.settings());
    Workplace.take(home.resolve("var")).close();
  }

  private void allow(String... countries) throws Exception {
    house.policy(
        "shop",
        """
        {"customerId": "shop", "rules": [
          {"id": "home", "kind": "country-policy", "action": "BLOCK", "allowed": %s}]}
        """
            .formatted(WireJson.text(countries)));
  }

  private JsonNode judge(String messageId, String recipient) throws Exception {
    return house.judge(
        """
        {"customerId": "shop", "messageId": "%s", "senderId": "Shop", "recipient": "%s",
         "channel": "API", "text": "Hei"}
        """
            .formatted(messageId, recipient));
  }
}
