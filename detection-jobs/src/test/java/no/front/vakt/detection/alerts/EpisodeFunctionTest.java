package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.alerts.Told.CEILING;
import static no.front.vakt.detection.alerts.Told.INTERVAL;
import static no.front.vakt.detection.alerts.Told.builtIn;
import static no.front.vakt.detection.alerts.Told.finding;
import static no.front.vakt.detection.alerts.Told.held;
import static no.front.vakt.detection.alerts.Told.judged;
import static no.front.vakt.detection.alerts.Told.ofRaised;
import static no.front.vakt.detection.scoring.Traffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.scoring.Traffic;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpisodeFunctionTest {
  private static final Instant ONE_INTERVAL_LATER = NOON.plus(INTERVAL);
  private static final Instant TWO_INTERVALS_LATER = NOON.plus(INTERVAL.multipliedBy(2));

  private Seat<RawRecord, Raised> seat;

  @BeforeEach
  void start() throws Exception {
    seat = Seat.episodes(Told.options(), null).at(NOON);
  }

  @AfterEach
  void stop() {
    seat.close();
  }

  private List<Alert> hear(RawRecord raw) throws Exception {
    return ofRaised(seat.hear(raw));
  }

  private List<Alert> passTo(Instant wall) throws Exception {
    return ofRaised(seat.passTo(wall));
  }

  private static void isOneNewsForBoth(List<Alert> alerts, AlertType type, long messages) {
    assertThat(alerts).extracting(Alert::type).containsExactly(type, type);
    assertThat(alerts)
        .extracting(Alert::audience)
        .containsExactly(AlertAudience.CUSTOMER, AlertAudience.STAFF);
    assertThat(alerts).extracting(Alert::messages).containsOnly(messages);
    assertThat(alerts)
        .extracting(Alert::alertId)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  private static RawRecord judgedOnly(String id, Instant at) {
    Submission plain = SampleMessages.message("club", id, at);
    Submission message =
        new Submission(
            plain.customerId(),
            id,
            plain.submittedAt(),
            plain.senderId(),
            plain.recipient(),
            plain.text(),
            plain.originIp(),
            plain.channel(),
            null,
            false);
    return Told.judged(message, at, Traffic.KEYS, finding(CEILING, Action.HOLD, false));
  }

  @Test
  void whatIsJudgedOnlyIsToldToStaffAloneSinceNothingOfItWaits() throws Exception {
    assertThat(hear(judgedOnly("m-1", NOON))).isEmpty();

    Alert alert = seat.alertsBeside().get(0);
    assertThat(alert.audience()).isEqualTo(AlertAudience.STAFF);
    assertThat(alert.type()).isEqualTo(AlertType.FIRST);
    assertThat(alert.ruleId()).isEqualTo(CEILING);
    assertThat(alert.messages()).isEqualTo(1);

    isOneNewsForBoth(hear(held("m-2", NOON)), AlertType.FIRST, 1);
    assertThat(passTo(TWO_INTERVALS_LATER))
        .extracting(Alert::messages)
        .as("the customer's sums know only what is parked")
        .containsOnly(1L);
    assertThat(seat.alertsBeside()).extracting(Alert::type).containsExactly(AlertType.ALL_CLEAR);
  }

  @Test
  void theFirstFindingIsToldAtOnceToBoth() throws Exception {
    List<Alert> alerts = hear(held("m-1", NOON));

    isOneNewsForBoth(alerts, AlertType.FIRST, 1);
    Alert alert = alerts.get(0);
    assertThat(alert.customerId()).isEqualTo("club");
    assertThat(alert.ruleId()).isEqualTo(CEILING);
    assertThat(alert.held()).isEqualTo(1);
    assertThat(alert.blocked()).isZero();
    assertThat(alert.since()).isEqualTo(NOON);
    assertThat(alert.until()).isEqualTo(NOON);
    assertThat(alert.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.text().en()).contains("11 messages from sender Klubben");
              assertThat(finding.text().nb()).contains("11 meldinger fra avsender Klubben");
              assertThat(finding.evidence()).isEmpty();
            });
    assertThat(alert.samples())
        .singleElement()
        .satisfies(
            sample -> {
              assertThat(sample.messageId()).isEqualTo("m-1");
              assertThat(sample.recipient()).isEqualTo("+4799…01");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"ALERT", "HOLD", "BLOCK"})
  void aLiveFindingThatActsIsTold(Action action) throws Exception {
    isOneNewsForBoth(
        hear(judged("club", "m-1", NOON, finding(CEILING, action, false))), AlertType.FIRST, 1);
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void aShadowFindingIsNeverTold(Action action) throws Exception {
    assertThat(hear(judged("club", "m-1", NOON, finding(CEILING, action, true)))).isEmpty();
    assertThat(seat.stateEntries()).isZero();
    assertThat(seat.timers()).isZero();
  }

  @Test
  void whatIsOnlyObservedAndRepeatsAreNeverTold() throws Exception {
    assertThat(hear(judged("club", "m-1", NOON, finding(CEILING, Action.OBSERVE, false))))
        .isEmpty();
    assertThat(hear(judged("club", "m-2", NOON, builtIn("repeat", Action.BLOCK)))).isEmpty();
    assertThat(hear(judged("club", "m-3", NOON))).isEmpty();
    assertThat(seat.stateEntries()).isZero();
  }

  @Test
  void aDigestComesExactlyAtTheIntervalWithTheSumsSinceTheStart() throws Exception {
    hear(held("m-1", NOON));
    assertThat(hear(held("m-2", NOON.plusSeconds(1)))).isEmpty();
    assertThat(
            hear(judged("club", "m-3", NOON.plusSeconds(2), finding(CEILING, Action.BLOCK, false))))
        .isEmpty();

    assertThat(passTo(ONE_INTERVAL_LATER.minusMillis(1))).isEmpty();
    List<Alert> digest = passTo(ONE_INTERVAL_LATER);

    isOneNewsForBoth(digest, AlertType.DIGEST, 3);
    assertThat(digest.get(0).held()).isEqualTo(2);
    assertThat(digest.get(0).blocked()).isEqualTo(1);
    assertThat(digest.get(0).since()).isEqualTo(NOON);
    assertThat(digest.get(0).until()).isEqualTo(NOON.plusSeconds(2));
    assertThat(digest.get(0).samples())
        .extracting(s -> s.messageId())
        .containsExactly("m-2", "m-3");
  }

  @Test
  void aSilentIntervalEndsItAndTheNextFindingBeginsAnew() throws Exception {
    List<Alert> first = hear(held("m-1", NOON));

    assertThat(passTo(ONE_INTERVAL_LATER.minusMillis(1))).isEmpty();
    isOneNewsForBoth(passTo(ONE_INTERVAL_LATER), AlertType.ALL_CLEAR, 1);
    List<Alert> second = hear(held("m-2", ONE_INTERVAL_LATER));

    isOneNewsForBoth(second, AlertType.FIRST, 1);
    assertThat(second.get(0).alertId()).isNotEqualTo(first.get(0).alertId());
  }

  @Test
  void eachIntervalThatBringsSomethingHasItsDigest() throws Exception {
    hear(held("m-1", NOON));
    hear(held("m-2", NOON.plusSeconds(1)));
    List<Alert> one = passTo(ONE_INTERVAL_LATER);
    hear(held("m-3", ONE_INTERVAL_LATER));
    List<Alert> two = passTo(TWO_INTERVALS_LATER);

    isOneNewsForBoth(two, AlertType.DIGEST, 3);
    assertThat(two.get(0).alertId()).isNotEqualTo(one.get(0).alertId());
    isOneNewsForBoth(passTo(TWO_INTERVALS_LATER.plus(INTERVAL)), AlertType.ALL_CLEAR, 3);
  }

  @Test
  void rulesAndCustomersAreToldApart() throws Exception {
    assertThat(
            hear(
                judged(
                    "club",
                    "m-1",
                    NOON,
                    finding("a", Action.HOLD, false),
                    finding("b", Action.ALERT, false))))
        .extracting(Alert::ruleId)
        .containsExactly("a", "a", "b", "b");
    assertThat(hear(judged("team", "m-1", NOON, finding("a", Action.HOLD, false))))
        .extracting(Alert::customerId)
        .containsOnly("team");
  }

  @Test
  void aVerdictThatComesTwiceCountsOnce() throws Exception {
    hear(held("m-1", NOON));
    assertThat(hear(held("m-1", NOON))).isEmpty();
    isOneNewsForBoth(passTo(ONE_INTERVAL_LATER), AlertType.ALL_CLEAR, 1);
    assertThat(hear(held("m-1", NOON))).as("also after the episode").isEmpty();
  }

  @Test
  void anIdentityIsRememberedForAnHourOfEventTime() throws Exception {
    hear(held("m-1", NOON));
    Instant anHourLater = NOON.plusMillis(EpisodeFunction.SEEN_MILLIS);
    hear(held("m-2", anHourLater));
    assertThat(hear(held("m-1", NOON))).isEmpty();
    hear(held("m-3", anHourLater.plus(Duration.ofHours(1))));
    hear(held("m-1", NOON));

    assertThat(passTo(ONE_INTERVAL_LATER)).extracting(Alert::messages).containsOnly(4L);
  }

  @Test
  void aMessageOfWhichNothingCanBeOpenedIsToldWithoutASample() throws Exception {
    RawRecord other =
        judged(
            SampleMessages.message("club", "m-1", NOON),
            NOON,
            Traffic.KEYS,
            finding(CEILING, Action.HOLD, false));
    other.value =
        new String(other.value, java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"recipient\":\"s1:", "\"recipient\":\"s9:")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    List<Alert> alerts = hear(other);

    isOneNewsForBoth(alerts, AlertType.FIRST, 1);
    assertThat(alerts.get(0).samples()).isEmpty();
  }

  @Test
  void aMissingKeyStopsReadingRatherThanLoseAnAlert() {
    RawRecord sealedElsewhere =
        judged(
            SampleMessages.message("club", "m-1", NOON),
            NOON,
            KeyRing.generate(),
            finding(CEILING, Action.HOLD, false));

    assertThatThrownBy(() -> hear(sealedElsewhere)).isInstanceOf(MissingKeyException.class);
  }

  @Test
  void ofManyFindingsTheStrongestFiveAreTold() throws Exception {
    for (int i = 0; i < 9; i++) {
      hear(judged("club", "m-" + i, NOON.plusMillis(i), seen("sender-" + i % 7, 20 + i)));
    }

    assertThat(passTo(ONE_INTERVAL_LATER).get(0).findings())
        .extracting(found -> found.observed())
        .containsExactly(28L, 27L, 26L, 25L, 24L);
  }

  private static no.front.vakt.contract.Finding seen(String sender, long observed) {
    return new no.front.vakt.contract.Finding(
        CEILING,
        1,
        "volume-limit",
        Action.HOLD,
        false,
        observed,
        10L,
        60,
        java.util.Map.of("per", "sender", "value", sender),
        null);
  }

  @Test
  void aCustomerStoppedByHandIsToldOnceADay() throws Exception {
    RawRecord frozen = judged("club", "m-0", NOON, builtIn("frozen", Action.BLOCK));
    isOneNewsForBoth(hear(frozen), AlertType.FIRST, 1);
    List<Alert> ofTheDay = new ArrayList<>();
    for (int i = 1; i < 24; i++) {
      Instant at = NOON.plus(Duration.ofHours(i));
      ofTheDay.addAll(passTo(at));
      ofTheDay.addAll(
          hear(
              judged(
                  "club",
                  "m-" + i,
                  at,
                  builtIn("frozen", Action.BLOCK),
                  finding(CEILING, Action.HOLD, false))));
    }

    assertThat(ofTheDay).extracting(Alert::ruleId).containsExactly(CEILING, CEILING);
    List<Alert> digest = passTo(NOON.plus(Duration.ofDays(1)));
    isOneNewsForBoth(digest, AlertType.DIGEST, 24);
  }

  @Test
  void whenACustomerIsLetGoTheNextDigestComesWithinAnInterval() throws Exception {
    hear(
        judged(
            "club",
            "m-0",
            NOON,
            builtIn("frozen", Action.BLOCK),
            finding(CEILING, Action.HOLD, false)));
    Instant letGo = NOON.plus(Duration.ofHours(2));
    passTo(letGo);
    hear(held("m-1", letGo));

    assertThat(passTo(letGo.plus(INTERVAL).minusMillis(1))).isEmpty();
    assertThat(passTo(letGo.plus(INTERVAL)))
        .extracting(Alert::ruleId, Alert::type)
        .containsOnly(org.assertj.core.groups.Tuple.tuple(CEILING, AlertType.DIGEST));
  }

  @Test
  void anOldVerdictSaysWhenItWas() throws Exception {
    Instant twoDaysAgo = NOON.minus(Duration.ofDays(2));

    Alert alert = hear(held("m-1", twoDaysAgo)).get(0);

    assertThat(alert.raisedAt()).isEqualTo(NOON);
    assertThat(alert.since()).isEqualTo(twoDaysAgo);
    assertThat(alert.until()).isEqualTo(twoDaysAgo);
  }

  @Test
  void aDigestOverdueAtRestoreIsToldAndTheAllClearWaitsForTheLog() throws Exception {
    hear(held("m-1", NOON));
    hear(held("m-2", NOON.plusSeconds(1)));
    OperatorSubtaskState state = seat.snapshot();
    Instant threeHoursLater = NOON.plus(Duration.ofHours(3));

    try (Seat<RawRecord, Raised> again = Seat.episodes(Told.options(), state)) {
      again.at(threeHoursLater);
      isOneNewsForBoth(ofRaised(again.taken()), AlertType.DIGEST, 2);
      assertThat(ofRaised(again.hear(held("m-3", NOON.plusSeconds(2)))))
          .as("the episode goes on")
          .isEmpty();
      isOneNewsForBoth(ofRaised(again.passTo(threeHoursLater.plus(INTERVAL))), AlertType.DIGEST, 3);
    }
  }

  @Test
  void afterACrashTheSameCauseMakesTheSameIds() throws Exception {
    List<RawRecord> log = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      log.add(held("m-" + i, NOON.plusSeconds(i)));
    }
    List<Alert> once = new ArrayList<>();
    for (RawRecord raw : log) {
      once.addAll(hear(raw));
    }
    once.addAll(passTo(TWO_INTERVALS_LATER));

    List<Alert> twice = new ArrayList<>();
    OperatorSubtaskState state;
    try (Seat<RawRecord, Raised> crashed = Seat.episodes(Told.options(), null).at(NOON)) {
      state = crashed.snapshot();
      for (RawRecord raw : log.subList(0, 3)) {
        twice.addAll(ofRaised(crashed.hear(raw)));
      }
      twice.addAll(ofRaised(crashed.passTo(ONE_INTERVAL_LATER)));
    }
    try (Seat<RawRecord, Raised> again = Seat.episodes(Told.options(), state)) {
      again.at(ONE_INTERVAL_LATER);
      for (RawRecord raw : log) {
        twice.addAll(ofRaised(again.hear(raw)));
      }
      twice.addAll(ofRaised(again.passTo(ONE_INTERVAL_LATER.plus(INTERVAL.multipliedBy(2)))));
    }

    assertThat(twice).extracting(Alert::alertId).hasSize(10);
    assertThat(twice.stream().map(Alert::alertId).distinct())
        .containsExactlyInAnyOrderElementsOf(once.stream().map(Alert::alertId).toList());
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    for (int i = 0; i < 20; i++) {
      hear(
          judged(
              "club-" + i % 3,
              "m-" + i,
              NOON.plusSeconds(i),
              finding(CEILING, Action.HOLD, false)));
    }
    assertThat(seat.stateEntries()).isPositive();

    passTo(NOON.plus(Duration.ofDays(6)));

    assertThat(seat.stateEntries()).isZero();
    assertThat(seat.timers()).isZero();
  }
}
