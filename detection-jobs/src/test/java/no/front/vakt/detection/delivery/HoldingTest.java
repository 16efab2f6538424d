package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.DeliveryHarness.applied;
import static no.front.vakt.detection.delivery.DeliveryHarness.deadLetters;
import static no.front.vakt.detection.delivery.DeliveryHarness.outcomes;
import static no.front.vakt.detection.delivery.DeliveryHarness.told;
import static no.front.vakt.detection.delivery.Messages.CLUB;
import static no.front.vakt.detection.delivery.Messages.DAY;
import static no.front.vakt.detection.delivery.Messages.HOUR;
import static no.front.vakt.detection.delivery.Messages.MINUTE;
import static no.front.vakt.detection.delivery.Messages.NOON;
import static no.front.vakt.detection.delivery.Messages.NOON_MILLIS;
import static no.front.vakt.detection.delivery.Messages.SECOND;
import static no.front.vakt.detection.delivery.Messages.held;
import static no.front.vakt.detection.delivery.Messages.heldFor;
import static no.front.vakt.detection.delivery.Messages.message;
import static no.front.vakt.detection.delivery.Messages.reject;
import static no.front.vakt.detection.delivery.Messages.validUntil;
import static no.front.vakt.detection.delivery.Messages.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.scoring.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held is parked, and every hold has an end. */
class HoldingTest {
  private DeliveryHarness delivery;

  @BeforeEach
  void start() throws Exception {
    delivery = DeliveryHarness.starting();
  }

  @AfterEach
  void stop() {
    delivery.close();
  }

  private void endsExactlyAfter(long millis, String by) throws Exception {
    assertThat(delivery.clock(NOON_MILLIS + millis - 1)).isEmpty();
    assertThat(outcomes(delivery.clock(NOON_MILLIS + millis)))
        .containsExactly(
            new MessageOutcome(CLUB, "m-1", MessageState.EXPIRED, NOON.plusMillis(millis), by));
    assertThat(delivery.clockTimers()).isZero();
    delivery.reach(NOON_MILLIS + 3 * DAY);
    assertThat(delivery.stateEntries()).isZero();
  }

  @Test
  void aHeldMessageIsToldAsParkedAndExpiresAfterADay() throws Exception {
    assertThat(told(delivery.hand(held("m-1", NOON_MILLIS))))
        .containsExactly("m-1 parked by verdict");

    endsExactlyAfter(DAY, "hold-time");
  }

  @Test
  void validUntilEndsItEarlier() throws Exception {
    Submission until = validUntil(message("m-1"), NOON_MILLIS + HOUR + 7);
    delivery.hand(verdict(until, Outcome.HOLD, NOON_MILLIS));

    endsExactlyAfter(HOUR + 7, "valid-until");
  }

  @Test
  void validUntilCountsMoreThanThePolicyAlsoWhenItIsLater() throws Exception {
    delivery.publish(heldFor(CLUB, 1, 3600));
    Submission until = validUntil(message("m-1"), NOON_MILLIS + 2 * HOUR);
    delivery.hand(verdict(until, Outcome.HOLD, NOON_MILLIS));

    endsExactlyAfter(2 * HOUR, "valid-until");
  }

  @Test
  void validUntilBeyondADayDoesNotKeepItLongerThanItsIdIsRemembered() throws Exception {
    delivery.publish(heldFor(CLUB, 1, 3600));
    Submission until = validUntil(message("m-1"), NOON_MILLIS + 2 * DAY);
    delivery.hand(verdict(until, Outcome.HOLD, NOON_MILLIS));

    endsExactlyAfter(DAY, "hold-time");
  }

  @Test
  void aMessageNoLongerValidIsNotParked() throws Exception {
    Submission until = validUntil(message("m-1"), NOON_MILLIS);

    assertThat(told(delivery.hand(verdict(until, Outcome.HOLD, NOON_MILLIS))))
        .containsExactly("m-1 expired by valid-until");
    assertThat(delivery.clockTimers()).isZero();
  }

  @Test
  void theCustomersPolicySaysHowLong() throws Exception {
    delivery.publish(heldFor("default", 1, 7200));
    delivery.publish(heldFor(CLUB, 1, 3600));
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(HOUR, "hold-time");
  }

  @Test
  void withoutItsOwnWordTheDefaultSaysHowLong() throws Exception {
    delivery.publish(heldFor("default", 1, 7200));
    delivery.publish(Traffic.policy(CLUB, 1, "\"language\":\"en\""));
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(2 * HOUR, "hold-time");
  }

  @Test
  void aVersionForLaterCountsFromThenOn() throws Exception {
    delivery.publish(heldFor(CLUB, 1, 3600));
    delivery.publish(
        Traffic.policy(
            CLUB,
            2,
            "\"effectiveFrom\":\""
                + Instant.ofEpochMilli(NOON_MILLIS + 1)
                + "\",\"retention\":{\"heldSeconds\":60}"));
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(HOUR, "hold-time");
  }

  @Test
  void aVersionCountsFromItsVeryInstant() throws Exception {
    delivery.publish(heldFor(CLUB, 1, 3600));
    delivery.publish(
        Traffic.policy(
            CLUB,
            2,
            "\"effectiveFrom\":\""
                + Instant.ofEpochMilli(NOON_MILLIS)
                + "\",\"retention\":{\"heldSeconds\":7200}"));
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(2 * HOUR, "hold-time");
  }

  @Test
  void aRemovedPolicySaysNothing() throws Exception {
    delivery.publish(heldFor(CLUB, 1, 3600));
    delivery.publish(
        Traffic.policy(CLUB, 2, "\"removed\":true,\"retention\":{\"heldSeconds\":60}"));
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(DAY, "hold-time");
  }

  @Test
  void anOlderVersionThatComesLaterChangesNothing() throws Exception {
    delivery.publish(heldFor(CLUB, 2, 3600));

    assertThat(applied(delivery.publish(heldFor(CLUB, 1, 60))))
        .singleElement()
        .matches(a -> a.version() == 2 && a.job().equals("delivery"));
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(HOUR, "hold-time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"59", "86401", "-1", "3600.5", "\"3600\"", "99999999999", "true", "[60]"})
  void aHoldTimeThatCannotBeIsRefusedAndTheLastGoodOneStands(String seconds) throws Exception {
    delivery.publish(heldFor(CLUB, 1, 3600));
    RawRecord bad = Traffic.policy(CLUB, 2, "\"retention\":{\"heldSeconds\":" + seconds + "}");

    List<Outgoing> out = delivery.publish(bad);

    assertThat(deadLetters(out))
        .singleElement()
        .matches(letter -> letter.reason().contains("retention.heldSeconds"));
    assertThat(applied(out))
        .singleElement()
        .matches(a -> a.version() == 1 && a.problem().contains("60 to 86400"));
    delivery.hand(held("m-1", NOON_MILLIS));
    endsExactlyAfter(HOUR, "hold-time");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 86_400})
  void theShortestAndTheLongestHoldTimeAreTaken(int seconds) throws Exception {
    assertThat(deadLetters(delivery.publish(heldFor(CLUB, 1, seconds)))).isEmpty();
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(seconds * SECOND, "hold-time");
  }

  @Test
  void aOneTimeCodeIsHeldForTenMinutes() throws Exception {
    Submission code = SampleMessages.saying(message("m-1"), "Koden din er 482913");
    delivery.hand(verdict(code, Outcome.HOLD, NOON_MILLIS));

    endsExactlyAfter(10 * MINUTE, "hold-time");
  }

  @Test
  void aOneTimeCodeIsHeldForTenMinutesWhateverItsValidUntilSays() throws Exception {
    Submission code =
        SampleMessages.saying(
            validUntil(message("m-1"), NOON_MILLIS + HOUR), "Koden din er 482913");
    delivery.hand(verdict(code, Outcome.HOLD, NOON_MILLIS));

    endsExactlyAfter(10 * MINUTE, "hold-time");
  }

  @Test
  void aPolicyCanHoldAOneTimeCodeShorterButNotLonger() throws Exception {
    delivery.publish(heldFor(CLUB, 1, 120));
    Submission code = SampleMessages.saying(message("m-1"), "Your code is 4829");
    delivery.hand(verdict(code, Outcome.HOLD, NOON_MILLIS));

    endsExactlyAfter(2 * MINUTE, "hold-time");
  }

  @Test
  void timeRunsFromTheVerdictsLogTimeHoweverLateItIsRead() throws Exception {
    delivery.clock(NOON_MILLIS + 23 * HOUR);
    delivery.hand(held("m-1", NOON_MILLIS));

    endsExactlyAfter(DAY, "hold-time");
  }

  @Test
  void aHoldThatIsOverWhenItIsReadExpiresAtOnce() throws Exception {
    delivery.clock(NOON_MILLIS + DAY);

    assertThat(outcomes(delivery.hand(held("m-1", NOON_MILLIS))))
        .containsExactly(
            new MessageOutcome(
                CLUB, "m-1", MessageState.EXPIRED, NOON.plusSeconds(86_400), "hold-time"));
    assertThat(delivery.clockTimers()).isZero();
  }

  @Test
  void manyThatEndInTheSameMillisecondAllExpireInIt() throws Exception {
    for (int i = 0; i < 50; i++) {
      delivery.hand(held("m-" + i, NOON_MILLIS));
    }
    delivery.hand(reject("m-7", NOON_MILLIS));
    assertThat(delivery.clockTimers()).isEqualTo(1);

    assertThat(told(delivery.clock(NOON_MILLIS + DAY)))
        .hasSize(49)
        .doesNotContain("m-7 expired by hold-time");
    assertThat(delivery.clockTimers()).isZero();
  }

  @Test
  void theTenThousandthIsParkedAndTheNextIsNot() throws Exception {
    for (int i = 1; i < Parking.MOST_PARKED; i++) {
      delivery.hand(verdict(CLUB, "m-" + i, Outcome.HOLD, null, NOON_MILLIS + i % 3));
    }

    assertThat(told(delivery.hand(held("the 10,000th", NOON_MILLIS))))
        .containsExactly("the 10,000th parked by verdict");
    assertThat(told(delivery.hand(held("the 10,001st", NOON_MILLIS))))
        .containsExactly("the 10,001st rejected by hold-full");
    assertThat(
            told(
                delivery.hand(
                    verdict(
                        SampleMessages.message("garage", "m-1", NOON), Outcome.HOLD, NOON_MILLIS))))
        .as("another customer's")
        .containsExactly("m-1 parked by verdict");

    delivery.hand(reject("m-1", NOON_MILLIS));
    assertThat(told(delivery.hand(held("the next", NOON_MILLIS))))
        .containsExactly("the next parked by verdict");
    assertThat(told(delivery.clock(NOON_MILLIS + DAY + 2))).hasSize(Parking.MOST_PARKED + 1);
    delivery.reach(NOON_MILLIS + 3 * DAY);
    assertThat(delivery.stateEntries()).isZero();
    assertThat(delivery.clockTimers()).isZero();
  }

  @Test
  void anUnreadableMessageIsParkedWithoutItsSubmission() throws Exception {
    assertThat(told(delivery.hand(verdict(CLUB, "m-1", Outcome.HOLD, null, NOON_MILLIS))))
        .containsExactly("m-1 parked by verdict");

    endsExactlyAfter(DAY, "hold-time");
  }
}
