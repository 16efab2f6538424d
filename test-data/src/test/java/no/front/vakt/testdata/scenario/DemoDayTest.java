package no.front.vakt.testdata.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.stream.Collectors;
import no.front.vakt.contract.MessageText;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.Test;

class DemoDayTest {
  private static final long SEED = 1;
  private static final DemoDay DAY = DemoDay.of(SEED);

  /** Four joined GSM-7 messages, the most the customer API takes (design section 4). */
  private static final int MOST_SEGMENTS = 4;

  @Test
  void theSameSeedMakesTheSameDayAndAnotherSeedAnother() {
    assertThat(DemoDay.of(SEED)).isEqualTo(DAY);
    assertThat(DemoDay.of(SEED + 1).messages()).isNotEqualTo(DAY.messages());
  }

  @Test
  void isADayOfSomeThousandMessagesInOrderOfTime() {
    assertThat(DAY.messages()).hasSizeBetween(5_000, 8_000);
    assertThat(DAY.messages())
        .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()))
        .allSatisfy(message -> assertThat(message.at()).isBetween(DemoDay.BEGIN, DemoDay.END));
    assertThat(DAY.messages().stream().map(DemoMessage::customerId).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(DemoDay.customers());
  }

  @Test
  void aSmallDayHasEveryCustomerAndEveryIncident() {
    var small = DemoDay.of(SEED, 0.01).messages();
    assertThat(small).hasSizeLessThan(500);
    assertThat(small.stream().map(DemoMessage::customerId).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(DemoDay.customers());
    assertThat(
            small.stream()
                .map(DemoMessage::incident)
                .filter(label -> label != null)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            DAY.incidents().stream().map(Incident::label).toList());
  }

  @Test
  void incidentsSendWhereNobodySendsEveryDay() {
    var harmful =
        DAY.incidents().stream()
            .filter(incident -> !incident.isInnocent())
            .map(Incident::label)
            .collect(Collectors.toSet());
    var everyday =
        DAY.messages().stream()
            .filter(message -> message.incident() == null || !harmful.contains(message.incident()))
            .map(DemoMessage::recipient)
            .collect(Collectors.toSet());
    assertThat(DAY.messages())
        .filteredOn(message -> message.incident() != null && harmful.contains(message.incident()))
        .isNotEmpty()
        .noneMatch(message -> everyday.contains(message.recipient()));
  }

  @Test
  void noMessageAtTheCustomerApiPassesForARetryOrIsTooLong() {
    var seen = new HashSet<String>();
    assertThat(DAY.messages())
        .filteredOn(message -> message.way() == Way.CUSTOMER_API)
        .allSatisfy(
            message -> {
              assertThat(MessageText.segments(message.text())).isLessThanOrEqualTo(MOST_SEGMENTS);
              assertThat(seen.add(message.customerId() + message.recipient() + message.text()))
                  .isTrue();
            });
  }

  @Test
  void everyCustomerHasAPolicyWithPeopleToMail() {
    assertThat(DemoDay.policyFiles(1)).hasSameSizeAs(DemoDay.customers());
    DemoDay.policyFiles(1)
        .forEach(
            (name, json) -> {
              var policy = WireJson.read(json, Policy.class);
              assertThat(name).isEqualTo(policy.customerId() + ".json");
              assertThat(policy.access()).isNotNull();
              assertThat(policy.contacts())
                  .isNotEmpty()
                  .allSatisfy(contact -> assertThat(contact.email()).endsWith(".example"));
            });
  }

  @Test
  void aLimitPerHourIsOnePerHourOfTheDaysOwnClock() {
    assertThat(DemoDay.pace(Duration.ofMinutes(3))).isEqualTo(320);
    assertThat(DemoDay.policyFiles(1).get("skolen.json")).contains("\"windowSeconds\": 3600");
    assertThat(DemoDay.policyFiles(320).get("skolen.json")).contains("\"windowSeconds\": 11}");
    assertThat(DemoDay.policyFiles(100_000).get("skolen.json")).contains("\"windowSeconds\": 1}");
  }

  @Test
  void nothingPersonalIsPrinted() {
    var message = DAY.messages().get(0);
    assertThat(message.toString())
        .doesNotContain(message.recipient())
        .doesNotContain(message.text())
        .doesNotContain(message.originIp());
  }
}
