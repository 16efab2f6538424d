package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.DeliveryHarness.deadLetters;
import static no.front.vakt.detection.delivery.DeliveryHarness.ordered;
import static no.front.vakt.detection.delivery.DeliveryHarness.orders;
import static no.front.vakt.detection.delivery.DeliveryHarness.outcomes;
import static no.front.vakt.detection.delivery.DeliveryHarness.told;
import static no.front.vakt.detection.delivery.Messages.CLUB;
import static no.front.vakt.detection.delivery.Messages.DAY;
import static no.front.vakt.detection.delivery.Messages.HOUR;
import static no.front.vakt.detection.delivery.Messages.MINUTE;
import static no.front.vakt.detection.delivery.Messages.NOON;
import static no.front.vakt.detection.delivery.Messages.NOON_MILLIS;
import static no.front.vakt.detection.delivery.Messages.SECOND;
import static no.front.vakt.detection.delivery.Messages.allowed;
import static no.front.vakt.detection.delivery.Messages.decision;
import static no.front.vakt.detection.delivery.Messages.held;
import static no.front.vakt.detection.delivery.Messages.message;
import static no.front.vakt.detection.delivery.Messages.reject;
import static no.front.vakt.detection.delivery.Messages.release;
import static no.front.vakt.detection.delivery.Messages.sealed;
import static no.front.vakt.detection.delivery.Messages.validUntil;
import static no.front.vakt.detection.delivery.Messages.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody decides of a parked message is done, once and in turn. */
class ReleasingTest {
  private DeliveryHarness delivery;

  @BeforeEach
  void start() throws Exception {
    delivery = DeliveryHarness.starting();
  }

  @AfterEach
  void nothingIsLeftInTheEnd() throws Exception {
    delivery.clock(NOON_MILLIS + 3 * DAY);
    delivery.reach(NOON_MILLIS + 3 * DAY);
    assertThat(delivery.stateEntries()).isZero();
    assertThat(delivery.clockTimers()).isZero();
    assertThat(delivery.eventTimers()).isZero();
    delivery.close();
  }

  @Test
  void aReleasedMessageIsOrderedAsItWasSealedAndToldAsSentByWhoReleasedIt() throws Exception {
    delivery.live(held("m-1", NOON_MILLIS));

    List<Outgoing> out = delivery.live(release("m-1", NOON_MILLIS + SECOND));

    assertThat(orders(out))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.operator()).isEqualTo("op-no");
              assertThat(order.orderedAt()).isEqualTo(NOON.plusSeconds(1));
              assertThat(Messages.KEYS.sealing()).isNotNull();
              assertThat(
                      WireJson.read(
                              WireJson.bytes(order.submission()),
                              no.front.vakt.contract.SealedSubmission.class)
                          .open(Messages.KEYS.sealing()))
                  .isEqualTo(message("m-1"));
            });
    assertThat(outcomes(out))
        .containsExactly(
            new MessageOutcome(CLUB, "m-1", MessageState.SENT, NOON.plusSeconds(1), "kari"));
  }

  @Test
  void aRejectedMessageIsNeverOrdered() throws Exception {
    delivery.live(held("m-1", NOON_MILLIS));

    assertThat(told(delivery.live(reject("m-1", NOON_MILLIS + 1))))
        .containsExactly("m-1 rejected by kari");
    assertThat(delivery.clockTimers()).isZero();
    assertThat(delivery.live(release("m-1", NOON_MILLIS + 2))).isEmpty();
  }

  @Test
  void theFirstDecisionWins() throws Exception {
    delivery.live(held("m-0", NOON_MILLIS));
    delivery.live(held("m-1", NOON_MILLIS));
    delivery.live(release("m-0", NOON_MILLIS));
    assertThat(delivery.live(release("m-1", NOON_MILLIS))).as("waits for its turn").isEmpty();

    assertThat(delivery.live(reject("m-1", NOON_MILLIS + 50))).isEmpty();
    assertThat(delivery.live(release("m-1", NOON_MILLIS + 60))).isEmpty();

    assertThat(told(delivery.clock(NOON_MILLIS + SECOND))).containsExactly("m-1 sent by kari");
  }

  @Test
  void aDecisionAfterTheEndIsIgnored() throws Exception {
    delivery.live(held("m-1", NOON_MILLIS));
    delivery.live(allowed("m-2", NOON_MILLIS));
    delivery.clock(NOON_MILLIS + DAY);

    assertThat(delivery.live(release("m-1", NOON_MILLIS + DAY))).isEmpty();
    assertThat(delivery.live(reject("m-2", NOON_MILLIS + DAY))).isEmpty();
  }

  @Test
  void aDecisionInTheMillisecondBeforeTheEndCounts() throws Exception {
    delivery.live(held("m-1", NOON_MILLIS));

    assertThat(told(delivery.live(release("m-1", NOON_MILLIS + DAY - 1))))
        .containsExactly("m-1 sent by kari");
  }

  @Test
  void releasedMessagesLeaveInTheOrderOfTheDecisionsTenASecond() throws Exception {
    for (int i = 0; i < 25; i++) {
      delivery.live(held("m-" + i, NOON_MILLIS));
    }
    for (int i = 24; i >= 0; i--) {
      delivery.hand(release("m-" + i, NOON_MILLIS));
    }
    for (int tenth = 1; tenth <= 30; tenth++) {
      delivery.clock(NOON_MILLIS + tenth * 100 - 1);
      delivery.clock(NOON_MILLIS + tenth * 100);
    }

    List<Outgoing> all = delivery.written();
    assertThat(ordered(all))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, 24).mapToObj(i -> "m-" + (24 - i)).toList());
    assertThat(orders(all))
        .extracting(order -> order.orderedAt().toEpochMilli())
        .containsExactlyElementsOf(
            IntStream.range(0, 25).mapToObj(i -> NOON_MILLIS + i * 100L).toList());
  }

  @Test
  void theNextReleaseWaitsAlsoWhenNobodyIsParkedMeanwhile() throws Exception {
    delivery.live(held("m-1", NOON_MILLIS));
    delivery.live(release("m-1", NOON_MILLIS));
    delivery.live(held("m-2", NOON_MILLIS + 10));

    assertThat(delivery.live(release("m-2", NOON_MILLIS + 99))).isEmpty();
    assertThat(ordered(delivery.clock(NOON_MILLIS + 100))).containsExactly("m-2");
  }

  @Test
  void aTurnAndAnEndInTheSameMillisecondBothHappen() throws Exception {
    delivery.live(held("first", NOON_MILLIS));
    delivery.live(held("second", NOON_MILLIS));
    Submission until = validUntil(message("third"), NOON_MILLIS + 100);
    delivery.live(verdict(until, Outcome.HOLD, NOON_MILLIS));
    Submission gone = validUntil(message("gone"), NOON_MILLIS + 100);
    delivery.live(verdict(gone, Outcome.HOLD, NOON_MILLIS));
    delivery.live(release("first", NOON_MILLIS));
    delivery.live(release("second", NOON_MILLIS));
    delivery.live(reject("gone", NOON_MILLIS));

    assertThat(told(delivery.clock(NOON_MILLIS + 100)))
        .containsExactly("third expired by valid-until", "second sent by kari");
  }

  @Test
  void removingTheLastOfAMillisecondTakesNobodysTurnAway() throws Exception {
    delivery.live(held("first", NOON_MILLIS));
    delivery.live(held("second", NOON_MILLIS));
    Submission gone = validUntil(message("gone"), NOON_MILLIS + 100);
    delivery.live(verdict(gone, Outcome.HOLD, NOON_MILLIS));
    delivery.live(release("first", NOON_MILLIS));
    delivery.live(release("second", NOON_MILLIS));
    delivery.live(reject("gone", NOON_MILLIS));

    assertThat(told(delivery.clock(NOON_MILLIS + 100))).containsExactly("second sent by kari");
  }

  @Test
  void validityIsCheckedAgainWhenItsTurnComes() throws Exception {
    delivery.live(held("first", NOON_MILLIS));
    Submission until = validUntil(message("m-1"), NOON_MILLIS + 100);
    Submission longer = validUntil(message("m-2"), NOON_MILLIS + 201);
    delivery.live(verdict(until, Outcome.HOLD, NOON_MILLIS));
    delivery.live(verdict(longer, Outcome.HOLD, NOON_MILLIS));
    delivery.live(release("first", NOON_MILLIS));
    delivery.live(release("m-1", NOON_MILLIS));
    delivery.live(release("m-2", NOON_MILLIS));

    assertThat(outcomes(delivery.clock(NOON_MILLIS + 100)))
        .containsExactly(
            new MessageOutcome(
                CLUB, "m-1", MessageState.EXPIRED, NOON.plusMillis(100), "valid-until"));
    assertThat(told(delivery.clock(NOON_MILLIS + 200))).containsExactly("m-2 sent by kari");
  }

  @Test
  void aClockThatIsSetBackAsTurnsComeStrandsNobody() throws Exception {
    AtomicBoolean isSetBack = new AtomicBoolean(true);
    delivery.close();
    delivery =
        DeliveryHarness.starting(
            DeliveryHarness.options(
                sent -> {
                  if (!isSetBack.getAndSet(true)) {
                    delivery.setBack(NOON_MILLIS - HOUR);
                  }
                  return false;
                }));
    for (String customer : List.of(CLUB, "garage")) {
      for (String id : List.of("-1", "-2", "-3")) {
        Submission message = SampleMessages.message(customer, customer + id, NOON);
        delivery.live(verdict(message, Outcome.HOLD, NOON_MILLIS));
        delivery.live(decision(customer, customer + id, HoldChoice.RELEASE, "kari", NOON_MILLIS));
      }
    }
    isSetBack.set(false);

    assertThat(ordered(delivery.clock(NOON_MILLIS + 100)))
        .as("the second fires when the clock is behind it")
        .containsExactlyInAnyOrder(CLUB + "-2", "garage-2");
    assertThat(ordered(delivery.clock(NOON_MILLIS + 199))).isEmpty();
    assertThat(ordered(delivery.clock(NOON_MILLIS + 200)))
        .containsExactlyInAnyOrder(CLUB + "-3", "garage-3");
  }

  @Test
  void theHoldTimeNoLongerRunsOnceItIsReleased() throws Exception {
    delivery.live(held("m-0", NOON_MILLIS));
    delivery.live(held("m-1", NOON_MILLIS));
    delivery.clock(NOON_MILLIS + DAY - 1);
    delivery.hand(release("m-0", NOON_MILLIS + DAY - 1));
    delivery.hand(release("m-1", NOON_MILLIS + DAY - 1));

    assertThat(delivery.clock(NOON_MILLIS + DAY)).isEmpty();
    assertThat(told(delivery.clock(NOON_MILLIS + DAY + 99))).containsExactly("m-1 sent by kari");
  }

  @Test
  void whatWasListedMeanwhileIsRejectedWhenItsTurnComes() throws Exception {
    delivery.close();
    delivery =
        DeliveryHarness.starting(
            DeliveryHarness.options(sent -> sent.text().contains("listed.example")));
    delivery.live(
        verdict(
            SampleMessages.saying(message("m-1"), "Se https://listed.example/a"),
            Outcome.HOLD,
            NOON_MILLIS));
    delivery.live(held("m-2", NOON_MILLIS));

    List<Outgoing> out = delivery.live(release("m-1", NOON_MILLIS));
    delivery.live(release("m-2", NOON_MILLIS));

    assertThat(told(out)).containsExactly("m-1 rejected by blocklist");
    assertThat(orders(out)).isEmpty();
    assertThat(ordered(delivery.clock(NOON_MILLIS + 100))).containsExactly("m-2");
  }

  @Test
  void anUnreadableMessageThatIsReleasedIsRejected() throws Exception {
    delivery.live(verdict(CLUB, "m-1", Outcome.HOLD, null, NOON_MILLIS));

    List<Outgoing> out = delivery.live(release("m-1", NOON_MILLIS + 1));

    assertThat(told(out)).containsExactly("m-1 rejected by unreadable");
    assertThat(orders(out)).isEmpty();
    assertThat(deadLetters(out)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDecisionThatComesBeforeItsVerdictIsDoneWhenThatComes(boolean releases) throws Exception {
    assertThat(
            delivery.hand(
                releases ? release("m-1", NOON_MILLIS + 9) : reject("m-1", NOON_MILLIS + 9)))
        .isEmpty();

    List<Outgoing> out = delivery.hand(held("m-1", NOON_MILLIS));

    assertThat(told(out))
        .containsExactly(
            "m-1 parked by verdict", releases ? "m-1 sent by kari" : "m-1 rejected by kari");
    assertThat(orders(out)).hasSize(releases ? 1 : 0);
  }

  @Test
  void ofTwoThatComeEarlyTheFirstIsDone() throws Exception {
    delivery.hand(reject("m-1", NOON_MILLIS));
    delivery.hand(release("m-1", NOON_MILLIS));

    assertThat(told(delivery.hand(held("m-1", NOON_MILLIS))))
        .containsExactly("m-1 parked by verdict", "m-1 rejected by kari");
  }

  @Test
  void anEarlyDecisionChangesNothingOfWhatIsNotHeld() throws Exception {
    delivery.hand(reject("allowed", NOON_MILLIS));
    delivery.hand(release("blocked", NOON_MILLIS));

    assertThat(told(delivery.hand(allowed("allowed", NOON_MILLIS))))
        .containsExactly("allowed sent by verdict");
    assertThat(delivery.hand(verdict(message("blocked"), Outcome.BLOCK, NOON_MILLIS))).isEmpty();
  }

  @Test
  void anEarlyDecisionIsForgottenTenMinutesOfEventTimeLater() throws Exception {
    delivery.hand(release("m-1", NOON_MILLIS));
    delivery.hand(release("m-2", NOON_MILLIS));
    delivery.clock(NOON_MILLIS + 60 * MINUTE);
    delivery.reach(NOON_MILLIS + 10 * MINUTE - 1);
    assertThat(ordered(delivery.hand(held("m-1", NOON_MILLIS)))).containsExactly("m-1");

    delivery.reach(NOON_MILLIS + 10 * MINUTE);

    assertThat(told(delivery.hand(held("m-2", NOON_MILLIS))))
        .containsExactly("m-2 parked by verdict");
  }

  @Test
  void notMoreEarlyDecisionsWaitThanMessagesCanBeParked() throws Exception {
    for (int i = 0; i <= EarlyDecisions.MOST_KEPT; i++) {
      delivery.hand(reject("m-" + i, NOON_MILLIS));
    }

    assertThat(told(delivery.hand(held("m-" + (EarlyDecisions.MOST_KEPT - 1), NOON_MILLIS))))
        .hasSize(2);
    assertThat(told(delivery.hand(held("m-" + EarlyDecisions.MOST_KEPT, NOON_MILLIS)))).hasSize(1);
  }

  @Test
  void aRepeatedVerdictDoesNotParkAReleasedMessageAgain() throws Exception {
    delivery.live(held("m-1", NOON_MILLIS));
    delivery.live(release("m-1", NOON_MILLIS));

    assertThat(delivery.hand(held("m-1", NOON_MILLIS + 1))).isEmpty();
    assertThat(delivery.hand(release("m-1", NOON_MILLIS + 2))).isEmpty();
  }

  @Test
  void whatIsParkedStaysSealed() throws Exception {
    Parked parked = new Parked();
    parked.submission = WireJson.bytes(sealed(message("m-1")));

    assertThat(new String(parked.submission))
        .doesNotContain(SampleMessages.RECIPIENT)
        .doesNotContain("Trening");
  }
}
