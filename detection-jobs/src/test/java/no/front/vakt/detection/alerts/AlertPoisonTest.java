package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.alerts.Told.held;
import static no.front.vakt.detection.scoring.Traffic.NOON;
import static no.front.vakt.detection.scoring.Traffic.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands on the topics that alerts read, the next record is told. */
class AlertPoisonTest {
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
        "{\"verdict\":{\"customerId\":\"team\",\"messageId\":\"m\",\"outcome\":\"HOLD\","
            + "\"decidedAt\":\"2026-11-23T11:00:00Z\"}}",
        "{\"verdict\":{\"customerId\":\"club\",\"outcome\":\"HOLD\","
            + "\"decidedAt\":\"2026-11-23T11:00:00Z\"}}",
        "{\"verdict\":{\"customerId\":\"club\",\"messageId\":\"m\",\"outcome\":\"HOLD\"}}",
        "{\"verdict\":{\"customerId\":\"club\",\"messageId\":\"m\",\"outcome\":\"HOLD\","
            + "\"decidedAt\":\"2026-11-23T11:00:00Z\",\"findings\":[null]}}",
        "{\"verdict\":{\"customerId\":\"club\",\"messageId\":\"m\",\"outcome\":\"HOLD\","
            + "\"decidedAt\":\"2026-11-23T11:00:00Z\",\"findings\":[{\"kind\":\"x\"}]}}"
      })
  void aVerdictThatCannotBeReadIsDeadLettered(String value) throws Exception {
    try (Seat<RawRecord, Raised> seat = Seat.episodes(Told.options(), null).at(NOON)) {
      RawRecord raw = Told.record(Topics.SMS_VERDICTS, "club", bytes(value), NOON);
      assertThat(seat.hear(raw)).isEmpty();

      isTold(seat.beside(), "sms.verdicts");
      assertThat(seat.hear(held("next", NOON))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"findings\":\"not a list\",\"per\":17}",
        "{\"per\":[\"sender\"],\"value\":{\"a\":1}}",
        "{}"
      })
  void evidenceOfAShapeNobodyKnowsIsToldAllTheSame(String evidence) throws Exception {
    RawRecord raw = held("m-1", NOON);
    raw.value =
        new String(raw.value, StandardCharsets.UTF_8)
            .replaceFirst("\"evidence\":\\{[^}]*}", "\"evidence\":" + evidence)
            .getBytes(StandardCharsets.UTF_8);

    try (Seat<RawRecord, Raised> seat = Seat.episodes(Told.options(), null).at(NOON)) {
      assertThat(seat.hear(raw)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        "null",
        "{}",
        "{\"attemptId\":\"t\",\"customerId\":\"team\",\"attemptedAt\":\"2026-11-23T11:00:00Z\"}",
        "{\"attemptId\":\"t\",\"customerId\":\"club\"}",
        "{\"customerId\":\"club\",\"attemptedAt\":\"2026-11-23T11:00:00Z\"}",
        "{\"attemptId\":\"t\",\"customerId\":\"club\",\"attemptedAt\":\"2026-11-23T11:00:00Z\","
            + "\"refusedBecause\":\"mood\"}"
      })
  void anAttemptThatCannotBeReadIsDeadLettered(String value) throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, Attempt> reader =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new AttemptReader(Told.options())));
    reader.open();
    RawRecord raw = Told.record(Topics.VAKT_ACCESS_ATTEMPTS, "club", bytes(value), NOON);
    reader.processElement(new StreamRecord<>(raw, 0));

    isTold(
        reader.getSideOutput(AlertPipeline.BESIDE).stream().map(StreamRecord::getValue).toList(),
        "vakt.access-attempts");
    RawRecord next = Told.attempt("club", "t-1", NOON, "192.0.2.1", RefusedBecause.PASSWORD, false);
    reader.processElement(new StreamRecord<>(next, 0));
    assertThat(reader.extractOutputValues())
        .singleElement()
        .matches(attempt -> attempt.attemptId.equals("t-1"));
    reader.close();
  }

  private static void isTold(List<Outgoing> out, String topic) {
    List<DeadLetter> letters = Told.deadLetters(out);
    assertThat(letters).singleElement().matches(letter -> letter.topic().equals(topic));
    assertThat(out).hasSize(1);
  }
}
