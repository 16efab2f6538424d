package no.front.vakt.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.standalone.up.Household;
import no.front.vakt.standalone.up.HouseholdSettings;
import no.front.vakt.testdata.scenario.DemoDay;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The whole system: a small day through a living household. */
class DemoRunTest {
  private static final double SMALL = 0.02;
  private static final Duration SOME_SECONDS = Duration.ofSeconds(6);

  @TempDir Path home;

  @BeforeAll
  static void keepTomcatQuiet() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  @Test
  void everyIncidentOfTheDayIsStoppedAndItsTableTellsIt() throws Exception {
    var settings = settings();
    Files.createDirectories(settings.policiesDirectory());
    for (var policy : DemoDay.policyFiles(DemoDay.pace(SOME_SECONDS)).entrySet()) {
      Files.writeString(settings.policiesDirectory().resolve(policy.getKey()), policy.getValue());
    }
    try (var household = new Household(settings, Clock.systemUTC(), line -> {}, workplace -> {})) {
      household.startWithoutGreeting();
      var house = new LiveHouse(household, settings);
      assertDayIsAsItShouldBe(house, 1);
    }
  }

  private static void assertDayIsAsItShouldBe(DemoHouse house, long seed)
      throws InterruptedException {
    var printed = new ByteArrayOutputStream();
    var day = DemoDay.of(seed, SMALL);
    var result =
        new DemoRun(
                house,
                day,
                SOME_SECONDS,
                Clock.systemUTC(),
                new PrintStream(printed, true, StandardCharsets.UTF_8))
            .play();
    var text = printed.toString(StandardCharsets.UTF_8);

    assertThat(result.isAsItShouldBe()).as(text).isTrue();
    assertThat(text)
        .contains("incidents stopped; no everyday message was")
        .doesNotContain("Not stopped", "not taken", "no verdict yet")
        .contains("-> held: ", "-> stopped: ", "100 %", "/v1/customers/");
    assertThat(text.lines().filter(line -> !line.startsWith("curl")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));

    var rows = result.tally().rows();
    assertThat(rows).extracting(Tally.Row::customer).isEqualTo(DemoDay.customers());
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.judged()).as(row.customer()).isEqualTo(row.sent()));
    assertThat(row(rows, "nettbutikken").why()).containsOnlyKeys("links");
    assertThat(row(rows, "nettbutikken").held()).isEqualTo(labelled(day, "stolen-password"));
    assertThat(row(rows, "idrettslaget").why()).containsOnlyKeys("per-recipient");
    assertThat(row(rows, "sikkerkode").stopped()).isEqualTo(labelled(day, "pumped-traffic"));
    assertThat(row(rows, "skolen").why()).containsOnlyKeys("per-sender");
    assertThat(row(rows, "kommunen").allowed()).isEqualTo(row(rows, "kommunen").sent());
  }

  private static Tally.Row row(List<Tally.Row> rows, String customer) {
    return rows.stream().filter(row -> row.customer().equals(customer)).findFirst().orElseThrow();
  }

  private static long labelled(DemoDay day, String incident) {
    return day.messages().stream().filter(m -> incident.equals(m.incident())).count();
  }

  private HouseholdSettings settings() throws IOException {
    Map<String, String> ports = new LinkedHashMap<>();
    for (var port :
        List.of(
            "https.port",
            "broker.port",
            "controller.port",
            "control.port",
            "database.port",
            "mail.port",
            "mail.pagePort")) {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        ports.put(port, String.valueOf(socket.getLocalPort()));
      }
    }
    ports.put("verdict-api.web.trustedProxies", "127.0.0.1");
    return HouseholdSettings.read(home, Map.of(), ports);
  }
}
