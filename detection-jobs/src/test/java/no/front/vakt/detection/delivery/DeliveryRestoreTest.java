package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.DeliveryHarness.options;
import static no.front.vakt.detection.delivery.DeliveryHarness.ordered;
import static no.front.vakt.detection.delivery.DeliveryHarness.outcomes;
import static no.front.vakt.detection.delivery.DeliveryHarness.told;
import static no.front.vakt.detection.delivery.Messages.CLUB;
import static no.front.vakt.detection.delivery.Messages.DAY;
import static no.front.vakt.detection.delivery.Messages.HOUR;
import static no.front.vakt.detection.delivery.Messages.NOON;
import static no.front.vakt.detection.delivery.Messages.NOON_MILLIS;
import static no.front.vakt.detection.delivery.Messages.SECOND;
import static no.front.vakt.detection.delivery.Messages.allowed;
import static no.front.vakt.detection.delivery.Messages.held;
import static no.front.vakt.detection.delivery.Messages.heldFor;
import static no.front.vakt.detection.delivery.Messages.reject;
import static no.front.vakt.detection.delivery.Messages.release;
import static no.front.vakt.detection.delivery.Messages.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.detection.job.Outgoing;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A crash in the middle changes nothing but the time. */
class DeliveryRestoreTest {
  private interface Life {
    void live(DeliveryHarness delivery) throws Exception;
  }

  private static OperatorSubtaskState after(Life life) throws Exception {
    try (DeliveryHarness delivery = DeliveryHarness.starting()) {
      life.live(delivery);
      return delivery.snapshot();
    }
  }

  private static void leavesNothing(DeliveryHarness delivery) throws Exception {
    delivery.clock(NOON_MILLIS + 4 * DAY);
    delivery.reach(NOON_MILLIS + 4 * DAY);
    assertThat(delivery.stateEntries()).isZero();
    assertThat(delivery.clockTimers()).isZero();
    assertThat(delivery.eventTimers()).isZero();
  }

  @Test
  void theFirstVerdictStillWins() throws Exception {
    OperatorSubtaskState state =
        after(
            delivery -> {
              delivery.hand(allowed("m-1", NOON_MILLIS));
              delivery.hand(verdict(Messages.message("m-2"), Outcome.BLOCK, NOON_MILLIS));
            });

    try (DeliveryHarness delivery =
        DeliveryHarness.restored(options(), state, NOON_MILLIS + 3 * DAY)) {
      assertThat(delivery.hand(allowed("m-1", NOON_MILLIS + HOUR))).isEmpty();
      assertThat(delivery.hand(allowed("m-2", NOON_MILLIS + DAY - 1))).isEmpty();
      assertThat(ordered(delivery.hand(allowed("m-3", NOON_MILLIS)))).containsExactly("m-3");
      leavesNothing(delivery);
    }
  }

  @Test
  void whatExpiredWhileTheJobWasDownIsToldWhenItIsBack() throws Exception {
    OperatorSubtaskState state = after(delivery -> delivery.hand(held("m-1", NOON_MILLIS)));

    try (DeliveryHarness delivery =
        DeliveryHarness.restored(options(), state, NOON_MILLIS + 2 * DAY)) {
      assertThat(outcomes(delivery.written()))
          .containsExactly(
              new MessageOutcome(
                  CLUB, "m-1", MessageState.EXPIRED, NOON.plusMillis(DAY), "hold-time"));
      assertThat(delivery.hand(release("m-1", NOON_MILLIS + HOUR))).isEmpty();
      leavesNothing(delivery);
    }
  }

  @Test
  void aParkedMessageKeepsItsEndAndCanBeReleased() throws Exception {
    OperatorSubtaskState state =
        after(
            delivery -> {
              delivery.publish(heldFor(CLUB, 1, 3600));
              delivery.hand(held("m-1", NOON_MILLIS));
              delivery.hand(held("m-2", NOON_MILLIS));
              delivery.hand(held("m-3", NOON_MILLIS));
            });

    try (DeliveryHarness delivery =
        DeliveryHarness.restored(options(), state, NOON_MILLIS + HOUR - 2)) {
      assertThat(told(delivery.hand(release("m-1", NOON_MILLIS))))
          .containsExactly("m-1 sent by kari");
      assertThat(told(delivery.hand(reject("m-2", NOON_MILLIS))))
          .containsExactly("m-2 rejected by kari");
      assertThat(delivery.clock(NOON_MILLIS + HOUR - 1)).isEmpty();
      assertThat(told(delivery.clock(NOON_MILLIS + HOUR)))
          .containsExactly("m-3 expired by hold-time");
      delivery.hand(held("m-4", NOON_MILLIS + 1));
      assertThat(told(delivery.clock(NOON_MILLIS + HOUR + 1)))
          .as("the policy came along")
          .containsExactly("m-4 expired by hold-time");
      leavesNothing(delivery);
    }
  }

  @Test
  void theLineOfTheReleasedGoesOnInItsOrderAndPace() throws Exception {
    OperatorSubtaskState state =
        after(
            delivery -> {
              for (int i = 0; i < 6; i++) {
                delivery.hand(held("m-" + i, NOON_MILLIS));
              }
              for (int i = 0; i < 6; i++) {
                delivery.hand(release("m-" + i, NOON_MILLIS));
              }
              delivery.clock(NOON_MILLIS + 100);
            });

    long back = NOON_MILLIS + 10 * SECOND;
    try (DeliveryHarness delivery = DeliveryHarness.restored(options(), state, back)) {
      List<Outgoing> all = new ArrayList<>(delivery.written());
      for (int tenth = 1; tenth <= 10; tenth++) {
        assertThat(delivery.clock(back + tenth * 100 - 1)).isEmpty();
        all.addAll(delivery.clock(back + tenth * 100));
      }
      assertThat(ordered(all)).containsExactly("m-2", "m-3", "m-4", "m-5");
      leavesNothing(delivery);
    }
  }

  @Test
  void anEarlyDecisionStillWaitsForItsVerdict() throws Exception {
    OperatorSubtaskState state = after(delivery -> delivery.hand(reject("m-1", NOON_MILLIS)));

    try (DeliveryHarness delivery =
        DeliveryHarness.restored(options(), state, NOON_MILLIS + HOUR)) {
      assertThat(told(delivery.hand(held("m-1", NOON_MILLIS))))
          .containsExactly("m-1 parked by verdict", "m-1 rejected by kari");
      leavesNothing(delivery);
    }
  }

  @Test
  void theNumberOfParkedMessagesIsRemembered() throws Exception {
    OperatorSubtaskState state =
        after(
            delivery -> {
              for (int i = 0; i < Parking.MOST_PARKED; i++) {
                delivery.hand(verdict(CLUB, "m-" + i, Outcome.HOLD, null, NOON_MILLIS));
              }
            });

    try (DeliveryHarness delivery = DeliveryHarness.restored(options(), state, NOON_MILLIS + 1)) {
      assertThat(told(delivery.hand(held("one more", NOON_MILLIS))))
          .containsExactly("one more rejected by hold-full");
      leavesNothing(delivery);
    }
  }

  @Test
  void whatIsReadAgainAfterTheCrashEndsAsItDidBefore() throws Exception {
    List<String> before = new ArrayList<>();
    Life life =
        delivery -> {
          before.addAll(told(delivery.hand(allowed("m-1", NOON_MILLIS))));
          before.addAll(told(delivery.hand(held("m-2", NOON_MILLIS))));
          before.addAll(told(delivery.hand(release("m-2", NOON_MILLIS))));
          before.addAll(told(delivery.hand(held("m-3", NOON_MILLIS))));
          before.addAll(told(delivery.hand(reject("m-3", NOON_MILLIS))));
        };
    OperatorSubtaskState empty = after(delivery -> {});
    after(life);
    List<String> first = List.copyOf(before);
    before.clear();

    try (DeliveryHarness delivery =
        DeliveryHarness.restored(options(), empty, NOON_MILLIS + 10 * SECOND)) {
      life.live(delivery);
      assertThat(before).isEqualTo(first);
      leavesNothing(delivery);
    }
  }
}
