package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.DeliveryHarness.deadLetters;
import static no.front.vakt.detection.delivery.DeliveryHarness.ordered;
import static no.front.vakt.detection.delivery.DeliveryHarness.orders;
import static no.front.vakt.detection.delivery.DeliveryHarness.told;
import static no.front.vakt.detection.delivery.Messages.CLUB;
import static no.front.vakt.detection.delivery.Messages.KEYS;
import static no.front.vakt.detection.delivery.Messages.NOON;
import static no.front.vakt.detection.delivery.Messages.NOON_MILLIS;
import static no.front.vakt.detection.delivery.Messages.allowed;
import static no.front.vakt.detection.delivery.Messages.held;
import static no.front.vakt.detection.delivery.Messages.logged;
import static no.front.vakt.detection.delivery.Messages.message;
import static no.front.vakt.detection.delivery.Messages.release;
import static no.front.vakt.detection.delivery.Messages.sealed;
import static no.front.vakt.detection.delivery.Messages.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.scoring.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands on the topics delivery reads, the next message is delivered. */
class DeliveryPoisonTest {
  private DeliveryHarness delivery;

  @BeforeEach
  void start() throws Exception {
    delivery = DeliveryHarness.starting();
  }

  @AfterEach
  void theNextMessageIsDelivered() throws Exception {
    assertThat(ordered(delivery.hand(allowed("next", NOON_MILLIS)))).containsExactly("next");
    delivery.close();
  }

  private static DeadLetter isOnlyDead(List<Outgoing> out) {
    assertThat(out).hasSize(1);
    return deadLetters(out).get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        "null",
        "[]",
        "{}",
        "{\"verdict\":null}",
        "{\"verdict\":{}}",
        "{\"verdict\":{\"customerId\":\"club\",\"messageId\":\"m-1\"}}",
        "{\"verdict\":{\"customerId\":\"club\",\"outcome\":\"ALLOW\"}}",
        "{\"verdict\":{\"customerId\":\"club\",\"messageId\":\" \",\"outcome\":\"ALLOW\"}}",
        "{\"verdict\":{\"customerId\":\"club\",\"messageId\":\"m\",\"outcome\":\"MAYBE\"}}",
        "{\"verdict\":{\"customerId\":\"garage\",\"messageId\":\"m\",\"outcome\":\"ALLOW\"}}",
        "{\"customerId\":\"club\"}",
        "{\"customerId\":\"club\",\"messageId\":\"m-1\"}",
        "{\"customerId\":\"club\",\"messageId\":\"m-1\",\"decision\":\"release\"}",
        "{\"customerId\":\"club\",\"messageId\":\"m-1\",\"decision\":\"maybe\",\"decidedBy\":\"k\"}",
        "{\"customerId\":\"garage\",\"messageId\":\"m\",\"decision\":\"reject\",\"decidedBy\":\"k\"}"
      })
  void aVerdictOrDecisionThatIsNoneIsDeadLettered(String value) throws Exception {
    for (Topics topic : List.of(Topics.SMS_VERDICTS, Topics.SMS_RELEASES)) {
      RawRecord raw = logged(topic, CLUB, Traffic.bytes(value), NOON_MILLIS);
      raw.offset = 12;

      DeadLetter letter = isOnlyDead(delivery.hand(raw));

      assertThat(letter.topic()).isEqualTo(topic.topicName());
      assertThat(letter.partition()).isEqualTo(3);
      assertThat(letter.offset()).isEqualTo(12);
      assertThat(letter.loggedAt()).isEqualTo(NOON);
      assertThat(letter.reason()).isNotBlank();
      if (!value.isEmpty()) {
        assertThat(
                KEYS.sealing()
                    .open(
                        letter.sealedValue(),
                        SealedField.DEAD_LETTER,
                        new MessageIdentity(topic.topicName(), "3-12")))
            .isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "{}", "{\"customerId\":\"garage\",\"version\":1}"})
  void aPolicyThatIsNoneIsDeadLettered(String value) throws Exception {
    assertThat(deadLetters(delivery.publish(RawRecord.of(CLUB, Traffic.bytes(value)))))
        .singleElement()
        .matches(letter -> letter.topic().equals("vakt.policies"));
  }

  @Test
  void recordsDamagedAnywhereNeverStopDelivery() throws Exception {
    Random random = new Random(5);
    for (byte[] whole :
        List.of(
            held("m-1", NOON_MILLIS).value,
            allowed("m-2", NOON_MILLIS).value,
            release("m-1", NOON_MILLIS).value)) {
      for (int i = 0; i < 300; i++) {
        byte[] damaged = whole.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        for (Topics topic : List.of(Topics.SMS_VERDICTS, Topics.SMS_RELEASES)) {
          try {
            delivery.hand(logged(topic, CLUB, damaged, NOON_MILLIS));
          } catch (MissingKeyException e) {
            // The damage hit the key's id: not to be told from a key that is not at hand.
            continue;
          }
        }
      }
    }
  }

  private static ObjectNode damaged(String id, String field) {
    ObjectNode submission = WireJson.mapper().valueToTree(sealed(message(id)));
    String envelope = submission.get(field).textValue();
    return submission.put(field, envelope.substring(0, envelope.length() - 6) + "AAAAAA");
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLOW", "HOLD"})
  void aRecipientThatCannotBeUnsealedIsDeadLetteredAndRejected(Outcome outcome) throws Exception {
    List<Outgoing> out =
        delivery.hand(verdict(CLUB, "m-1", outcome, damaged("m-1", "recipient"), NOON_MILLIS));

    assertThat(deadLetters(out)).hasSize(1);
    assertThat(told(out)).containsExactly("m-1 rejected by unreadable");
    assertThat(orders(out)).isEmpty();
    assertThat(delivery.hand(allowed("m-1", NOON_MILLIS))).as("the first verdict won").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLOW", "HOLD"})
  void aSubmissionOfAnotherMessageIsDeadLetteredAndRejected(Outcome outcome) throws Exception {
    List<Outgoing> out =
        delivery.hand(verdict(CLUB, "m-1", outcome, sealed(message("m-2")), NOON_MILLIS));

    assertThat(deadLetters(out)).singleElement().matches(l -> l.reason().contains("another"));
    assertThat(told(out)).containsExactly("m-1 rejected by unreadable");
  }

  @Test
  void anAllowedMessageWithoutItsSubmissionIsDeadLetteredAndRejected() throws Exception {
    List<Outgoing> out = delivery.hand(verdict(CLUB, "m-1", Outcome.ALLOW, null, NOON_MILLIS));

    assertThat(deadLetters(out)).hasSize(1);
    assertThat(told(out)).containsExactly("m-1 rejected by unreadable");
  }

  @Test
  void aSubmissionThatIsNoneIsDeadLetteredAndRejected() throws Exception {
    List<Outgoing> out =
        delivery.hand(verdict(CLUB, "m-1", Outcome.ALLOW, List.of("none"), NOON_MILLIS));

    assertThat(deadLetters(out)).hasSize(1);
    assertThat(told(out)).containsExactly("m-1 rejected by unreadable");
  }

  @Test
  void aWellSealedNumberThatIsNoneIsNotQuoted() throws Exception {
    SealedSubmission sealed = sealed(message("m-1"));
    ObjectNode submission = WireJson.mapper().valueToTree(sealed);
    submission.put(
        "recipient",
        KEYS.sealing().seal("99999901", SealedField.RECIPIENT, new MessageIdentity(CLUB, "m-1")));

    List<Outgoing> out =
        delivery.hand(verdict(CLUB, "m-1", Outcome.ALLOW, submission, NOON_MILLIS));

    assertThat(deadLetters(out).get(0).reason()).contains("recipient").doesNotContain("99999901");
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLOW", "HOLD"})
  void aMissingKeyStopsDeliveryInsteadOfLosingAMessage(Outcome outcome) throws Exception {
    SealedSubmission foreign = SealedSubmission.seal(message("m-1"), KeyRing.generate().sealing());

    assertThatThrownBy(() -> delivery.hand(verdict(CLUB, "m-1", outcome, foreign, NOON_MILLIS)))
        .isInstanceOf(MissingKeyException.class);
    assertThat(delivery.taken()).isEmpty();
  }
}
