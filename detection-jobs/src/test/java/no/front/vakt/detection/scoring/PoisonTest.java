package no.front.vakt.detection.scoring;

import static no.front.vakt.detection.scoring.JudgeHarness.answers;
import static no.front.vakt.detection.scoring.JudgeHarness.deadLetters;
import static no.front.vakt.detection.scoring.JudgeHarness.verdicts;
import static no.front.vakt.detection.scoring.Traffic.CLUB;
import static no.front.vakt.detection.scoring.Traffic.NOON;
import static no.front.vakt.detection.scoring.Traffic.bytes;
import static no.front.vakt.detection.scoring.Traffic.logged;
import static no.front.vakt.detection.scoring.Traffic.message;
import static no.front.vakt.detection.scoring.Traffic.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawSubmission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands on {@code sms.submitted}, the next message is judged. */
class PoisonTest {
  private static final long NOON_MILLIS = NOON.toEpochMilli();

  private JudgeHarness judge;

  @BeforeEach
  void start() throws Exception {
    judge = JudgeHarness.starting();
  }

  @AfterEach
  void theNextMessageIsJudged() throws Exception {
    List<Outgoing> next = judge.submit(Traffic.asked(message("next", 1)));
    assertThat(verdicts(next)).singleElement().matches(v -> v.outcome() == Outcome.ALLOW);
    assertThat(answers(next)).hasSize(1);
    judge.close();
  }

  private static ObjectNode valid(String id) throws Exception {
    return (ObjectNode) WireJson.mapper().readTree(sent(message(id, 0)).value);
  }

  private List<Outgoing> submit(ObjectNode record) throws Exception {
    return submit(WireJson.bytes(record));
  }

  private List<Outgoing> submit(byte[] value) throws Exception {
    return submit(CLUB, value);
  }

  private List<Outgoing> submit(String key, byte[] value) throws Exception {
    RawSubmission raw = logged(key, value, NOON_MILLIS);
    raw.replyPartition = 7;
    return judge.submit(raw);
  }

  private static void isDeadWithoutVerdict(List<Outgoing> out) {
    assertThat(deadLetters(out)).hasSize(1);
    assertThat(out).hasSize(1);
  }

  private static DeadLetter isDeadAndHeld(List<Outgoing> out, String id) {
    assertThat(verdicts(out))
        .singleElement()
        .satisfies(
            verdict -> {
              assertThat(verdict.identity()).isEqualTo(new MessageIdentity(CLUB, id));
              assertThat(verdict.outcome()).isEqualTo(Outcome.HOLD);
              assertThat(verdict.decidedAt()).isEqualTo(NOON);
              assertThat(verdict.findings())
                  .singleElement()
                  .matches(finding -> finding.kind().equals("unreadable"));
            });
    assertThat(answers(out))
        .singleElement()
        .matches(answer -> answer.verdict().outcome() == Outcome.HOLD);
    assertThat(deadLetters(out)).hasSize(1);
    return deadLetters(out).get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        " ",
        "null",
        "[]",
        "{}",
        "\"text\"",
        "12",
        "{\"customerId\":\"club\"",
        "{\"customerId\":\"club\"}",
        "{\"messageId\":\"m-1\"}",
        "{\"customerId\":\"club\",\"messageId\":\"m-1\"} trailing",
        "{\"customerId\":\"club\",\"messageId\":17}",
        "{\"customerId\":\"club\",\"messageId\":\" \"}",
        "{\"customerId\":\"club\",\"messageId\":\"m\\u00001\"}",
        "{\"customerId\":[\"club\"],\"messageId\":\"m-1\"}"
      })
  void whatNamesNoMessageIsDeadLetteredWithoutAVerdict(String value) throws Exception {
    isDeadWithoutVerdict(submit(bytes(value)));
  }

  @Test
  void bytesOfAnyKindAreDeadLettered() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      byte[] value = new byte[random.nextInt(400)];
      random.nextBytes(value);
      isDeadWithoutVerdict(submit(value));
    }
  }

  @Test
  void aRecordDamagedAnywhereNeverStopsTheJudge() throws Exception {
    Random random = new Random(3);
    byte[] whole = sent(message("m-1", 0)).value;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        submit(damaged);
      } catch (MissingKeyException e) {
        // The damage hit the key's id: not to be told from a key that is not at hand.
        continue;
      }
    }
  }

  @Test
  void aDeadLetterTellsWhereAndWhyAndSealsWhatCame() throws Exception {
    DeadLetter letter = deadLetters(submit(bytes("secret garbage"))).get(0);

    assertThat(letter.topic()).isEqualTo("sms.submitted");
    assertThat(letter.partition()).isEqualTo(3);
    assertThat(letter.offset()).isZero();
    assertThat(letter.loggedAt()).isEqualTo(NOON);
    assertThat(letter.reason()).isNotBlank().doesNotContain("secret");
    MessageIdentity place = new MessageIdentity("sms.submitted", "3-0");
    assertThat(Traffic.KEYS.sealing().open(letter.sealedValue(), SealedField.DEAD_LETTER, place))
        .isEqualTo("secret garbage");
    assertThat(Traffic.KEYS.sealing().open(letter.sealedKey(), SealedField.DEAD_LETTER, place))
        .isEqualTo(CLUB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"submittedAt", "senderId", "recipient", "text"})
  void aMissingFieldIsNamedAndTheMessageHeld(String field) throws Exception {
    ObjectNode record = valid("m-1");
    record.remove(field);

    DeadLetter letter = isDeadAndHeld(submit(record), "m-1");

    assertThat(letter.reason()).contains(field).contains("missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"recipient", "text", "originIp"})
  void aDamagedEnvelopeIsHeld(String field) throws Exception {
    ObjectNode record = valid("m-1");
    String envelope = record.get(field).textValue();
    char last = envelope.charAt(envelope.length() - 6);
    record.put(
        field,
        envelope.substring(0, envelope.length() - 6)
            + (last == 'A' ? 'B' : 'A')
            + envelope.substring(envelope.length() - 5));

    isDeadAndHeld(submit(record), "m-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s1:", "s1:%%%", "s1:AQ", "s2:AAAA", "+4799999901"})
  void whatIsNoEnvelopeIsHeld(String notSealed) throws Exception {
    ObjectNode record = valid("m-1");
    record.put("recipient", notSealed);

    isDeadAndHeld(submit(record), "m-1");
  }

  @Test
  void anEnvelopeOfAnotherMessageIsHeld() throws Exception {
    ObjectNode record = valid("m-1");
    record.set("text", valid("m-2").get("text"));

    isDeadAndHeld(submit(record), "m-1");
  }

  @Test
  void anEnvelopeOfAnotherFieldIsHeld() throws Exception {
    ObjectNode record = valid("m-1");
    record.set("recipient", record.get("text"));

    isDeadAndHeld(submit(record), "m-1");
  }

  @Test
  void aWellSealedNumberThatIsNoneIsHeld() throws Exception {
    ObjectNode record = valid("m-1");
    record.put(
        "recipient",
        Traffic.KEYS
            .sealing()
            .seal("99999901", SealedField.RECIPIENT, new MessageIdentity(CLUB, "m-1")));

    assertThat(isDeadAndHeld(submit(record), "m-1").reason())
        .contains("recipient")
        .doesNotContain("99999901");
  }

  @Test
  void aTimeBeyondWhatAClockCanCountIsJudgedAtItsLogTime() throws Exception {
    ObjectNode record = valid("m-1");
    record.put("submittedAt", "+999999999-12-31T23:59:59Z");

    assertThat(verdicts(submit(record))).singleElement().matches(v -> v.decidedAt().equals(NOON));
  }

  @Test
  void aRecordUnderAnotherCustomersKeyIsDeadLettered() throws Exception {
    isDeadWithoutVerdict(submit("garage", WireJson.bytes(valid("m-1"))));
  }

  @Test
  void aRecordWithoutAKeyIsDeadLetteredWithoutOne() throws Exception {
    List<Outgoing> out = submit("", WireJson.bytes(valid("m-1")));

    isDeadWithoutVerdict(out);
    assertThat(deadLetters(out).get(0).sealedKey()).isNull();
  }

  @Test
  void theDefaultIsNoCustomer() throws Exception {
    ObjectNode record = valid("m-1");
    record.put("customerId", "default");

    isDeadWithoutVerdict(submit("default", WireJson.bytes(record)));
  }

  @Test
  void aRecordTooLargeIsHeldAndItsLetterFitsTheTopic() throws Exception {
    ObjectNode record = valid("m-1");
    record.put("padding", "x".repeat(SealedSubmission.MAX_BYTES));

    DeadLetter letter = isDeadAndHeld(submit(record), "m-1");

    assertThat(letter.reason()).contains("larger");
    assertThat(letter.sealedValue()).isNotNull();
  }

  @Test
  void whateverItsSizeNothingWrittenIsTooLargeForATopic() throws Exception {
    ObjectNode record = valid("m-1");
    record.put("padding", "x".repeat(1_000_000));
    List<Outgoing> large = submit(record);
    List<Outgoing> longKey = submit("k".repeat(1_000_000), bytes("garbage"));

    isDeadAndHeld(large, "m-1");
    assertThat(deadLetters(large).get(0).sealedValue()).isNull();
    assertThat(deadLetters(longKey).get(0).sealedKey()).isNull();
    assertThat(judge.written()).allMatch(out -> out.key.length + out.value.length < 500_000);
  }

  @Test
  void whatIsHeldUnreadIsNotCopiedToTheVerdicts() throws Exception {
    // A submission that nobody sealed: what it says must not rest in plain a second time.
    byte[] plain = WireJson.bytes(SampleMessages.message(CLUB, "m-1", NOON));

    List<Outgoing> out = submit(plain);

    isDeadAndHeld(out, "m-1");
    assertThat(out)
        .allSatisfy(
            o ->
                assertThat(new String(o.value, StandardCharsets.UTF_8))
                    .doesNotContain("Trening", "99999901", "192.0.2"));
  }

  @Test
  void anotherEncodingIsHeldSinceItCannotStandInsideAVerdict() throws Exception {
    String json = WireJson.text(valid("m-1"));

    isDeadAndHeld(submit(json.getBytes(StandardCharsets.UTF_16LE)), "m-1");
    isDeadAndHeld(submit(json.getBytes(StandardCharsets.UTF_16BE)), "m-1");
    isDeadAndHeld(submit(bytes("\uFEFF" + json)), "m-1");
  }

  @Test
  void whatADeeplyNestedRecordWantsIsRefused() throws Exception {
    isDeadWithoutVerdict(submit(bytes("{\"customerId\":" + "[".repeat(20_000))));
  }

  @Test
  void aMissingKeyStopsTheJudgeAndIsNoDeadLetter() throws Exception {
    SealedSubmission foreign =
        SealedSubmission.seal(message("m-1", 0), KeyRing.generate().sealing());

    assertThatThrownBy(() -> submit(WireJson.bytes(foreign)))
        .isInstanceOf(MissingKeyException.class);
    assertThat(judge.written()).isEmpty();
  }

  @Test
  void poisonLeavesNoMemoryBehind() throws Exception {
    submit(bytes("garbage"));
    ObjectNode record = valid("m-1");
    record.remove("text");
    submit(record);

    assertThat(judge.stateEntries()).isZero();
    assertThat(judge.timers()).isZero();
  }
}
