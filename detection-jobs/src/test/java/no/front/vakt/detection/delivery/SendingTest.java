package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.DeliveryHarness.ordered;
import static no.front.vakt.detection.delivery.DeliveryHarness.orders;
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
import static no.front.vakt.detection.delivery.Messages.judgedOnly;
import static no.front.vakt.detection.delivery.Messages.message;
import static no.front.vakt.detection.delivery.Messages.sealed;
import static no.front.vakt.detection.delivery.Messages.validUntil;
import static no.front.vakt.detection.delivery.Messages.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.scoring.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is allowed goes to its operator, once. */
class SendingTest {
  private DeliveryHarness delivery;

  @BeforeEach
  void start() throws Exception {
    delivery = DeliveryHarness.starting();
  }

  @AfterEach
  void stop() {
    delivery.close();
  }

  @Test
  void anAllowedMessageIsOrderedAsItWasSealedAndToldAsSent() throws Exception {
    SealedSubmission sealed = sealed(message("m-1"));
    delivery.clock(NOON_MILLIS + 5);

    List<Outgoing> out = delivery.hand(verdict(CLUB, "m-1", Outcome.ALLOW, sealed, NOON_MILLIS));

    assertThat(orders(out))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.operator()).isEqualTo("op-no");
              assertThat(order.orderedAt()).isEqualTo(NOON.plusMillis(5));
              assertThat(WireJson.bytes(order.submission())).isEqualTo(WireJson.bytes(sealed));
            });
    assertThat(outcomes(out))
        .containsExactly(
            new MessageOutcome(CLUB, "m-1", MessageState.SENT, NOON.plusMillis(5), "verdict"));
    assertThat(out)
        .extracting(o -> o.topic, o -> new String(o.key))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Topics.SMS_DELIVERY, "op-no"),
            org.assertj.core.groups.Tuple.tuple(Topics.SMS_OUTCOMES, CLUB));
  }

  @Test
  void aBlockedMessageIsNeitherOrderedNorTold() throws Exception {
    assertThat(delivery.hand(verdict(message("m-1"), Outcome.BLOCK, NOON_MILLIS))).isEmpty();
  }

  @Test
  void whatIsOnlyToBeJudgedGoesNowhere() throws Exception {
    for (Outcome outcome : Outcome.values()) {
      assertThat(delivery.hand(verdict(judgedOnly(message("m-" + outcome)), outcome, NOON_MILLIS)))
          .isEmpty();
    }
    assertThat(delivery.clockTimers()).isZero();
  }

  @Test
  void itIsSentInTheLastMillisecondItIsValid() throws Exception {
    List<Outgoing> out =
        delivery.hand(
            verdict(validUntil(message("m-1"), NOON_MILLIS + 1), Outcome.ALLOW, NOON_MILLIS));

    assertThat(told(out)).containsExactly("m-1 sent by verdict");
  }

  @Test
  void itIsNotSentFromTheMillisecondItIsValidUntil() throws Exception {
    List<Outgoing> out =
        delivery.hand(verdict(validUntil(message("m-1"), NOON_MILLIS), Outcome.ALLOW, NOON_MILLIS));

    assertThat(orders(out)).isEmpty();
    assertThat(outcomes(out))
        .containsExactly(
            new MessageOutcome(CLUB, "m-1", MessageState.EXPIRED, NOON, "valid-until"));
  }

  @Test
  void theFirstVerdictWinsWhateverTheSecondSays() throws Exception {
    for (Outcome first : Outcome.values()) {
      for (Outcome second : Outcome.values()) {
        String id = first + "-" + second;
        delivery.hand(verdict(message(id), first, NOON_MILLIS));

        assertThat(delivery.hand(verdict(message(id), second, NOON_MILLIS + 1))).isEmpty();
      }
    }
    assertThat(ordered(delivery.written()))
        .containsExactly("ALLOW-ALLOW", "ALLOW-HOLD", "ALLOW-BLOCK");
  }

  @Test
  void anIdIsOneMessageOfEachCustomer() throws Exception {
    delivery.hand(allowed("m-1", NOON_MILLIS));

    List<Outgoing> out =
        delivery.hand(
            verdict(SampleMessages.message("garage", "m-1", NOON), Outcome.ALLOW, NOON_MILLIS));

    assertThat(ordered(out)).containsExactly("m-1");
  }

  @Test
  void anIdIsRememberedForADayOfLogTimeToTheMillisecond() throws Exception {
    delivery.live(allowed("m-1", NOON_MILLIS));
    delivery.live(allowed("m-2", NOON_MILLIS));

    assertThat(delivery.live(allowed("m-1", NOON_MILLIS + DAY - 1))).isEmpty();
    assertThat(ordered(delivery.live(allowed("m-2", NOON_MILLIS + DAY)))).containsExactly("m-2");
    assertThat(delivery.live(allowed("m-2", NOON_MILLIS + 2 * DAY - 1))).isEmpty();
  }

  @Test
  void anOutageOfDaysForgetsNothing() throws Exception {
    delivery.live(allowed("m-1", NOON_MILLIS));
    delivery.clock(NOON_MILLIS + 30 * DAY);

    assertThat(delivery.hand(allowed("m-1", NOON_MILLIS + HOUR))).isEmpty();
  }

  @Test
  void aPartitionThatLagsHoursBehindTheWatermarkIsStillRemembered() throws Exception {
    delivery.hand(allowed("m-1", NOON_MILLIS));
    delivery.reach(NOON_MILLIS + DAY + 5 * HOUR);

    assertThat(delivery.hand(allowed("m-1", NOON_MILLIS + DAY - 1))).isEmpty();
  }

  @Test
  void nothingIsLeftOfIdsOnceTheirTimeIsOver() throws Exception {
    for (int i = 0; i < 500; i++) {
      delivery.hand(allowed("m-" + i, NOON_MILLIS + i * 20 * SECOND));
    }
    assertThat(delivery.stateEntries()).isGreaterThan(500);
    assertThat(delivery.eventTimers()).as("one an hour").isEqualTo(3);

    delivery.reach(NOON_MILLIS + DAY + 11 * HOUR);

    assertThat(delivery.stateEntries()).isZero();
    assertThat(delivery.eventTimers()).isZero();
  }

  @Test
  void anIdThatCameAgainAfterItsDayOutlivesItsFirstHour() throws Exception {
    delivery.hand(allowed("m-1", NOON_MILLIS));
    delivery.hand(allowed("m-1", NOON_MILLIS + DAY));

    delivery.reach(NOON_MILLIS + DAY + 8 * HOUR);
    assertThat(delivery.hand(allowed("m-1", NOON_MILLIS + 2 * DAY - 1))).isEmpty();

    delivery.reach(NOON_MILLIS + 3 * DAY);
    assertThat(delivery.stateEntries()).isZero();
  }

  @Test
  void theLongestPrefixDecidesAndTheRestHasARoute() throws Exception {
    assertThat(operatorOf("+4799999901")).isEqualTo("op-no");
    assertThat(operatorOf("+46701234567")).isEqualTo("op-se");
    assertThat(operatorOf("+358401234567")).isEqualTo("op-world");
  }

  @Test
  void aPortedNumberGoesWhereItWasPortedTo() throws Exception {
    delivery.close();
    DeliveryOptions some = DeliveryHarness.options();
    delivery =
        DeliveryHarness.starting(
            new DeliveryOptions(
                Traffic.keys(),
                some.routes(),
                number -> number.endsWith("01") ? Optional.of("op-new") : Optional.empty(),
                some.blocklist(),
                10));

    assertThat(operatorOf("+4799999901")).isEqualTo("op-new");
    assertThat(operatorOf("+4799999902")).isEqualTo("op-no");
  }

  private String operatorOf(String number) throws Exception {
    List<Outgoing> out =
        delivery.hand(
            verdict(SampleMessages.to(message("to" + number), number), Outcome.ALLOW, NOON_MILLIS));
    return orders(out).get(0).operator();
  }

  @Test
  void aHeldMessageIsNotSent() throws Exception {
    assertThat(orders(delivery.hand(held("m-1", NOON_MILLIS)))).isEmpty();
  }
}
