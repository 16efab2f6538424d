package no.front.vakt.detection.scoring;

import static no.front.vakt.detection.scoring.JudgeHarness.answers;
import static no.front.vakt.detection.scoring.JudgeHarness.deadLetters;
import static no.front.vakt.detection.scoring.JudgeHarness.verdicts;
import static no.front.vakt.detection.scoring.Traffic.CLUB;
import static no.front.vakt.detection.scoring.Traffic.NOON;
import static no.front.vakt.detection.scoring.Traffic.asked;
import static no.front.vakt.detection.scoring.Traffic.atMost;
import static no.front.vakt.detection.scoring.Traffic.message;
import static no.front.vakt.detection.scoring.Traffic.policy;
import static no.front.vakt.detection.scoring.Traffic.sent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawSubmission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringFunctionTest {
  private static final long NOON_MILLIS = NOON.toEpochMilli();
  private static final long TEN_MINUTES = 600_000;

  private JudgeHarness judge;

  @BeforeEach
  void start() throws Exception {
    judge = JudgeHarness.starting();
  }

  @AfterEach
  void stop() throws Exception {
    judge.close();
  }

  @Test
  void judgesAMessageAndAnswersWhoeverAsked() throws Exception {
    RawSubmission raw = asked(message("m-1", 0));

    List<Outgoing> out = judge.submit(raw);

    assertThat(out)
        .extracting(o -> o.topic)
        .containsExactly(Topics.SMS_VERDICTS, Topics.SMS_ANSWERS);
    assertThat(out.get(0).key).isEqualTo(Traffic.bytes(CLUB));
    assertThat(out.get(0).partition).isEqualTo(-1);
    assertThat(out.get(1).partition).isEqualTo(7);
    Verdict verdict = verdicts(out).get(0);
    assertThat(verdict.outcome()).isEqualTo(Outcome.ALLOW);
    assertThat(verdict.decidedAt()).isEqualTo(NOON);
    assertThat(verdict.identity()).isEqualTo(answers(out).get(0).identity());
    assertThat(answers(out).get(0).verdict()).isEqualTo(verdict);
  }

  @Test
  void aVerdictCarriesTheSubmissionAsTheDoorWroteIt() throws Exception {
    RawSubmission raw = sent(message("m-1", 0));

    Outgoing out = judge.submit(raw).get(0);

    assertThat(WireJson.mapper().readTree(out.value).get("submission"))
        .isEqualTo(WireJson.mapper().readTree(raw.value));
  }

  @Test
  void answersNobodyWhereNobodyAsked() throws Exception {
    assertThat(judge.submit(sent(message("m-1", 0))))
        .extracting(o -> o.topic)
        .containsExactly(Topics.SMS_VERDICTS);
  }

  @Test
  void anAnswerCarriesTheSentencesAndTheVerdictTopicDoesNot() throws Exception {
    judge.publish(policy(1, atMost(1, 60, "BLOCK")));
    judge.submit(sent(message("m-1", 0)));

    List<Outgoing> out = judge.submit(asked(message("m-2", 1)));

    assertThat(verdicts(out).get(0).findings())
        .singleElement()
        .satisfies(f -> assertThat(f.text()).isNull());
    assertThat(answers(out).get(0).verdict().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.text().nb()).isNotBlank());
  }

  @Test
  void aRepeatIsAnsweredWithTheFirstOutcomeAndNotJudgedAgain() throws Exception {
    judge.publish(policy(1, atMost(1, 60, "BLOCK")));
    judge.submit(sent(message("m-1", 0)));
    judge.submit(sent(message("m-2", 1)));

    List<Outgoing> allowed = judge.submit(asked(message("m-1", 30)));
    List<Outgoing> blocked = judge.submit(asked(message("m-2", 40)));

    assertThat(verdicts(allowed)).isEmpty();
    assertThat(verdicts(blocked)).isEmpty();
    assertThat(answers(allowed).get(0).verdict().outcome()).isEqualTo(Outcome.ALLOW);
    assertThat(answers(blocked).get(0).verdict().outcome()).isEqualTo(Outcome.BLOCK);
    assertThat(answers(blocked).get(0).verdict().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo("repeat"));
  }

  @Test
  void aRepeatNobodyWaitsForLeavesNothing() throws Exception {
    judge.submit(sent(message("m-1", 0)));

    assertThat(judge.submit(sent(message("m-1", 30)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"599999,0", "600000,1"})
  void anIdIsRememberedForTenMinutesOfEventTime(long later, int judgedAgain) throws Exception {
    judge.submit(sent(message("m-1", 0)));

    assertThat(verdicts(judge.submit(sent(message("m-1", later))))).hasSize(judgedAgain);
  }

  @Test
  void anIdReusedForOtherContentIsRefusedAndGetsNoVerdict() throws Exception {
    judge.submit(sent(message("m-1", 0)));

    List<Outgoing> out =
        judge.submit(asked(SampleMessages.saying(message("m-1", 10), "Noe helt annet")));

    assertThat(verdicts(out)).isEmpty();
    assertThat(answers(out))
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.refusal()).isEqualTo(Answer.ID_REUSED);
              assertThat(answer.verdict()).isNull();
            });
    assertThat(answers(judge.submit(asked(message("m-1", 20)))).get(0).verdict().outcome())
        .isEqualTo(Outcome.ALLOW);
  }

  @Test
  void customersHaveTheirOwnIds() throws Exception {
    judge.submit(sent(message("m-1", 0)));

    List<Outgoing> out = judge.submit(sent(SampleMessages.message("garage", "m-1", NOON)));

    assertThat(verdicts(out)).hasSize(1);
    assertThat(deadLetters(out)).isEmpty();
  }

  @ParameterizedTest(name = "a stamp {0} ms from its log time is judged {1} ms from it")
  @CsvSource({
    "0,0",
    "5000,5000",
    "5001,0",
    "86400000,0",
    "-1,-1",
    "-60000,-60000",
    "-60001,-60000",
    "-86400000,-60000"
  })
  void aStampIsJudgedWithinTheSpanAroundItsLogTime(long fromLog, long judgedFromLog)
      throws Exception {
    assertThat(ScoringFunction.judgedAt(NOON.plusMillis(fromLog), NOON_MILLIS))
        .isEqualTo(NOON_MILLIS + judgedFromLog);

    // Seen from outside: the policy of that instant judges, yet none later than the log time.
    Instant judgedAt = NOON.plusMillis(Math.min(0, judgedFromLog));
    judge.publish(policy(1, Traffic.from(judgedAt)));
    judge.publish(policy(2, Traffic.from(judgedAt.plusMillis(1))));
    RawSubmission raw = sent(message("m-1", fromLog));
    raw.logMillis = NOON_MILLIS;
    Verdict verdict = verdicts(judge.submit(raw)).get(0);
    assertThat(verdict.policyVersion()).isEqualTo(1);
    assertThat(verdict.decidedAt()).isEqualTo(NOON);
  }

  @Test
  void aStampAheadCannotPushTheWindowOn() throws Exception {
    judge.publish(policy(1, atMost(1, 60, "HOLD")));
    RawSubmission ahead = sent(message("m-1", 3_600_000));
    ahead.logMillis = NOON_MILLIS;
    judge.submit(ahead);

    assertThat(verdicts(judge.submit(sent(message("m-2", 1)))).get(0).outcome())
        .isEqualTo(Outcome.HOLD);
  }

  @Test
  void anIdleCustomersMemoryIsGoneOnceNothingNeedsIt() throws Exception {
    judge.submit(sent(message("m-1", 0)));
    assertThat(judge.stateEntries()).isPositive();
    assertThat(judge.timers()).isEqualTo(1);

    judge.reach(NOON_MILLIS + ScoringFunction.KEPT_IDLE_MILLIS - 1);
    assertThat(judge.stateEntries()).isPositive();

    judge.reach(NOON_MILLIS + 2 * ScoringFunction.KEPT_IDLE_MILLIS);
    assertThat(judge.stateEntries()).isZero();
    assertThat(judge.timers()).isZero();
  }

  @Test
  void memoryStaysAsLongAsTheLongestWindowOfTheCustomer() throws Exception {
    int tenDays = 10 * 24 * 3600;
    judge.publish(policy(1, atMost(1, tenDays, "HOLD")));
    judge.submit(sent(message("m-1", 0)));

    judge.reach(NOON_MILLIS + tenDays * 1000L - 1);
    assertThat(verdicts(judge.submit(sent(message("m-2", tenDays * 1000L - 1)))).get(0).outcome())
        .isEqualTo(Outcome.HOLD);

    judge.reach(NOON_MILLIS + 3L * tenDays * 1000L);
    assertThat(judge.stateEntries()).isZero();
    assertThat(judge.timers()).isZero();
  }

  @Test
  void aBusyCustomerKeepsItsMemoryAndOneTimer() throws Exception {
    long hour = 3_600_000;
    for (int i = 0; i < 24 * 5; i++) {
      judge.submit(sent(message("m-" + i, i * hour)));
      judge.reach(NOON_MILLIS + i * hour);
      assertThat(judge.stateEntries()).isPositive();
      assertThat(judge.timers()).isBetween(1, 2);
    }
    Submission last = message("m-119", 119 * hour + TEN_MINUTES - 1);
    assertThat(verdicts(judge.submit(sent(last)))).isEmpty();

    judge.reach(NOON_MILLIS + 8 * 24 * hour);
    assertThat(judge.stateEntries()).isZero();
    assertThat(judge.timers()).isZero();
  }

  @Test
  void everyCustomerIsForgottenByItself() throws Exception {
    for (int i = 0; i < 50; i++) {
      judge.submit(sent(SampleMessages.message("customer-" + i, "m", NOON)));
    }
    assertThat(judge.policiesHeld()).isEqualTo(50);
    long later = 3 * ScoringFunction.KEPT_IDLE_MILLIS;
    judge.submit(sent(SampleMessages.message("late", "m", NOON.plusMillis(later))));
    judge.reach(NOON_MILLIS + later);

    int ofOne;
    try (JudgeHarness alone = JudgeHarness.starting()) {
      alone.submit(sent(SampleMessages.message("late", "m", NOON.plusMillis(later))));
      ofOne = alone.stateEntries();
    }
    assertThat(judge.stateEntries()).isEqualTo(ofOne);
    assertThat(judge.policiesHeld()).isEqualTo(1);
    assertThat(judge.timers()).isEqualTo(1);
  }
}
