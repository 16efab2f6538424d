package no.front.vakt.detection.scoring;

import static no.front.vakt.detection.scoring.JudgeHarness.applied;
import static no.front.vakt.detection.scoring.JudgeHarness.deadLetters;
import static no.front.vakt.detection.scoring.JudgeHarness.verdicts;
import static no.front.vakt.detection.scoring.Traffic.CLUB;
import static no.front.vakt.detection.scoring.Traffic.NOON;
import static no.front.vakt.detection.scoring.Traffic.atMost;
import static no.front.vakt.detection.scoring.Traffic.from;
import static no.front.vakt.detection.scoring.Traffic.message;
import static no.front.vakt.detection.scoring.Traffic.policy;
import static no.front.vakt.detection.scoring.Traffic.sent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Verdict;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which policy judges, and what becomes of records that are none. */
class PoliciesInForceTest {
  private static final String FROZEN = "\"frozen\":{\"reason\":\"test\"}";

  private JudgeHarness judge;
  private int messages;

  @BeforeEach
  void start() throws Exception {
    judge = JudgeHarness.starting();
  }

  @AfterEach
  void stop() {
    judge.close();
  }

  private Verdict judgedAt(long millisAfterNoon) throws Exception {
    return verdicts(judge.submit(sent(message("m-" + messages++, millisAfterNoon)))).get(0);
  }

  @ParameterizedTest
  @CsvSource({"999,1", "1000,2", "1001,2"})
  void aVersionJudgesFromItsFirstInstant(long millis, long version) throws Exception {
    judge.publish(policy(1, ""));
    judge.publish(policy(2, from(NOON.plusMillis(1000))));

    assertThat(judgedAt(millis).policyVersion()).isEqualTo(version);
  }

  @Test
  void aLateMessageIsJudgedByTheVersionOfItsTime() throws Exception {
    judge.publish(policy(1, ""));
    judge.publish(policy(2, from(NOON.plusMillis(1000))));

    assertThat(judgedAt(2_000).policyVersion()).isEqualTo(2);
    assertThat(judgedAt(500).policyVersion()).isEqualTo(1);
  }

  @Test
  void theDefaultIsInheritedAndItsVersionStamped() throws Exception {
    judge.publish(policy("default", 4, FROZEN));

    Verdict verdict = judgedAt(0);

    assertThat(verdict.defaultVersion()).isEqualTo(4);
    assertThat(verdict.policyVersion()).isZero();
    assertThat(verdict.findings()).anyMatch(finding -> finding.kind().equals("frozen"));
  }

  @Test
  void aRemovedPolicyLeavesTheDefault() throws Exception {
    judge.publish(policy(1, FROZEN));
    judge.publish(policy(2, "\"removed\":true," + from(NOON.plusMillis(10))));

    assertThat(judgedAt(9).findings()).hasSize(1);
    assertThat(judgedAt(10).findings()).isEmpty();
  }

  @Test
  void whatStandsOnTheTopicAtStartJudgesTheFirstMessage() throws Exception {
    try (JudgeHarness gated = JudgeHarness.starting(policy(7, FROZEN))) {
      assertThat(verdicts(gated.submit(sent(message("m-1", 0)))).get(0).policyVersion())
          .isEqualTo(7);
    }
  }

  @Test
  void aBadRecordOnTheTopicAtStartStopsNobody() throws Exception {
    try (JudgeHarness gated =
        JudgeHarness.starting(
            policy(7, FROZEN),
            RawRecord.of(CLUB, Traffic.bytes("garbage")),
            RawRecord.of(CLUB, new byte[0]),
            policy(8, "\"exceptions\":[null]"))) {
      assertThat(verdicts(gated.submit(sent(message("m-1", 0)))).get(0).policyVersion())
          .isEqualTo(7);
    }
  }

  @Test
  void theGateAndTheBroadcastAgree() throws Exception {
    RawRecord one = policy(1, "");
    RawRecord two = policy(2, from(NOON.plusMillis(1000)));
    try (JudgeHarness gated = JudgeHarness.starting(one, two)) {
      gated.publish(one);
      assertThat(verdicts(gated.submit(sent(message("m-1", 1000)))).get(0).policyVersion())
          .isEqualTo(2);
      gated.publish(two);
      assertThat(gated.held(CLUB)).contains("\"version\":1", "\"version\":2");
    }
  }

  @Test
  void tellsWhatItApplied() throws Exception {
    List<Outgoing> out = judge.publish(policy(3, from(NOON)));

    assertThat(applied(out))
        .containsExactly(new AppliedPolicy("scoring", 0, 1, CLUB, 3, NOON, null));
    assertThat(out).singleElement().matches(o -> new String(o.key).equals("scoring/0/club"));
  }

  @ParameterizedTest(name = "refused: {0}")
  @ValueSource(
      strings = {
        "garbage",
        "",
        "null",
        "[]",
        "{\"customerId\":\"club\",\"version\":2,\"rules\":{}}",
        "{\"customerId\":\"club\",\"version\":-1}",
        "{\"customerId\":\"club\",\"version\":\"two\"}",
        "{\"version\":2}",
        "{\"customerId\":\"garage\",\"version\":2}",
        "{\"customerId\":\"club\",\"version\":2,\"effectiveFrom\":\"soon\"}",
        "{\"customerId\":\"club\",\"version\":2,\"rules\":[{}]}",
        "{\"customerId\":\"club\",\"version\":2,\"rules\":[null]}",
        "{\"customerId\":\"club\",\"version\":2,\"rules\":[{\"id\":\"a\",\"kind\":\"volume-limit\","
            + "\"action\":\"BLOCK\",\"per\":\"moon\",\"limit\":1,\"windowSeconds\":1}]}",
        "{\"customerId\":\"club\",\"version\":2,\"rules\":[{\"id\":\"a\",\"kind\":\"volume-limit\","
            + "\"action\":\"SHOUT\"}]}",
        "{\"customerId\":\"club\",\"version\":2,\"homeCountries\":[null]}",
        "{\"customerId\":\"club\",\"version\":2,\"exceptions\":[null]}",
        "{\"customerId\":\"club\",\"version\":2,\"exceptions\":[{}]}",
        "{\"customerId\":\"club\",\"version\":2,\"access\":{\"networks\":[null]}}",
        "{\"customerId\":\"club\",\"version\":2,\"access\":{\"networks\":[\"here\"]}}",
        "{\"customerId\":\"club\",\"version\":2,\"timeZone\":\"Mars/Base\"}",
        "{\"customerId\":\"club\",\"version\":2,\"language\":\"tlh\"}"
      })
  void aBadPolicyIsToldDeadLetteredAndTheLastGoodOneStays(String value) throws Exception {
    judge.publish(policy(1, FROZEN));

    List<Outgoing> out = judge.publish(RawRecord.of(CLUB, Traffic.bytes(value)));

    assertThat(applied(out))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.customerId()).isEqualTo(CLUB);
              assertThat(told.version()).isEqualTo(1);
              assertThat(told.problem()).isNotBlank();
            });
    assertThat(deadLetters(out))
        .singleElement()
        .matches(letter -> letter.topic().equals("vakt.policies"));
    assertThat(judgedAt(0).policyVersion()).isEqualTo(1);
    assertThat(judge.held(CLUB)).contains("\"version\":1").doesNotContain("\"version\":2");
    judge.publish(policy(2, ""));
    assertThat(judgedAt(1).policyVersion()).isEqualTo(2);
  }

  @Test
  void aDeadPolicyIsSealed() throws Exception {
    DeadLetter letter =
        deadLetters(judge.publish(RawRecord.of(CLUB, Traffic.bytes("garbage")))).get(0);

    assertThat(
            Traffic.KEYS
                .sealing()
                .open(
                    letter.sealedValue(),
                    SealedField.DEAD_LETTER,
                    new MessageIdentity("vakt.policies", "0-0")))
        .isEqualTo("garbage");
  }

  @Test
  void aPolicyOverTheLargestSizeIsRefused() throws Exception {
    judge.publish(policy(1, ""));

    List<Outgoing> out =
        judge.publish(policy(2, "\"name\":\"" + "x".repeat(Policy.MAX_BYTES) + "\""));

    assertThat(applied(out)).singleElement().matches(told -> told.problem().contains("larger"));
    assertThat(deadLetters(out)).hasSize(1);
    assertThat(judgedAt(0).policyVersion()).isEqualTo(1);
  }

  @Test
  void aPolicyOfExactlyTheLargestSizeIsTaken() throws Exception {
    int rest = policy(1, "\"name\":\"\"").value.length;

    List<Outgoing> out =
        judge.publish(policy(1, "\"name\":\"" + "x".repeat(Policy.MAX_BYTES - rest) + "\""));

    assertThat(applied(out)).singleElement().matches(told -> told.problem() == null);
  }

  @Test
  void manyProblemsMakeAShortReason() throws Exception {
    List<Outgoing> out = judge.publish(policy(1, "\"rules\":[" + "{},".repeat(60_000) + "{}]"));

    assertThat(deadLetters(out)).hasSize(1);
    assertThat(out).allMatch(o -> o.value.length < 500_000);
    assertThat(applied(out).get(0).problem()).hasSizeLessThan(2_000);
  }

  @Test
  void aKeyThatIsNobodysIsOnlyDeadLettered() throws Exception {
    List<Outgoing> none = judge.publish(RawRecord.of("", Traffic.bytes("{}")));
    List<Outgoing> huge = judge.publish(RawRecord.of("k".repeat(900_000), Traffic.bytes("{}")));

    assertThat(deadLetters(none)).hasSize(1);
    assertThat(deadLetters(huge)).hasSize(1);
    assertThat(applied(none)).isEmpty();
    assertThat(applied(huge)).isEmpty();
    assertThat(huge).allMatch(o -> o.key.length + o.value.length < 10_000);
  }

  @Test
  void oneSubtaskSendsTheDeadLetterAndEachTellsWhatItMade() throws Exception {
    RawRecord bad = RawRecord.of(CLUB, Traffic.bytes("garbage"));
    try (JudgeHarness first = JudgeHarness.starting(JudgeHarness.options(), 2, 0);
        JudgeHarness second = JudgeHarness.starting(JudgeHarness.options(), 2, 1)) {
      List<Outgoing> ofFirst = first.publish(bad);
      List<Outgoing> ofSecond = second.publish(bad);

      assertThat(deadLetters(ofFirst)).hasSize(1);
      assertThat(deadLetters(ofSecond)).isEmpty();
      assertThat(applied(ofFirst).get(0).subtask()).isZero();
      assertThat(applied(ofSecond).get(0).subtask()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void anOlderOrEqualVersionChangesNothingAndTheStandingOneIsTold(long version) throws Exception {
    judge.publish(policy(5, ""));

    List<Outgoing> out = judge.publish(policy(version, FROZEN));

    assertThat(applied(out)).singleElement().matches(told -> told.version() == 5);
    assertThat(deadLetters(out)).isEmpty();
    Verdict verdict = judgedAt(0);
    assertThat(verdict.policyVersion()).isEqualTo(5);
    assertThat(verdict.findings()).isEmpty();
  }

  @Test
  void anUnknownKindFaultsThatRuleOnly() throws Exception {
    String own = atMost(1, 60, "BLOCK");
    judge.publish(
        policy(
            1,
            own.substring(0, own.length() - 1)
                + ",{\"id\":\"later\",\"kind\":\"not-yet-known\",\"action\":\"BLOCK\"}]"));

    Verdict first = judgedAt(0);
    Verdict second = judgedAt(1);

    assertThat(first.outcome().name()).isEqualTo("ALLOW");
    assertThat(first.findings())
        .singleElement()
        .matches(f -> f.kind().equals("rule-fault") && f.ruleId().equals("later"));
    assertThat(second.outcome().name()).isEqualTo("BLOCK");
  }

  @Test
  void supersededVersionsStayLongerThanAnyMessageWaitsAndThenGo() throws Exception {
    long day = Duration.ofDays(1).toMillis();
    long kept = ScoringFunction.SUPERSEDED_KEPT.toMillis();
    judge.publish(policy(1, ""));
    judge.publish(policy(2, from(NOON.plusMillis(1000))));

    judgedAt(kept);
    judge.publish(policy(3, from(NOON.plusMillis(kept + 2000))));
    assertThat(judge.held(CLUB)).contains("\"version\":1", "\"version\":2", "\"version\":3");

    judgedAt(kept + 3 * day);
    judge.publish(policy(4, from(NOON.plusMillis(kept + 4 * day))));
    assertThat(judge.held(CLUB))
        .doesNotContain("\"version\":1")
        .contains("\"version\":2", "\"version\":3", "\"version\":4");
    assertThat(judgedAt(kept + 3 * day + 1).policyVersion()).isEqualTo(3);
  }

  @Test
  void whatTheJudgeDoesNotNeedDoesNotRestInItsState() throws Exception {
    judge.publish(
        policy(
            1,
            "\"name\":\"Idrettslaget\",\"access\":{\"networks\":[\"192.0.2.0/24\"],"
                + "\"passwordHash\":\"$2b$10$abcdefghijklmnopqrstuv\"},"
                + "\"contacts\":[{\"name\":\"Kari\",\"email\":\"kari@club.example\"}],"
                + FROZEN));

    assertThat(judge.held(CLUB)).doesNotContain("2b$10", "Kari", "club.example", "192.0.2");
    assertThat(judgedAt(0).findings()).hasSize(1);
  }

  @Test
  void policiesDamagedAnywhereStopNobody() throws Exception {
    byte[] whole =
        policy(1, atMost(1, 60, "BLOCK") + ",\"homeCountries\":[\"NO\"],\"exceptions\":[]").value;
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = whole.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
      }
      judge.publish(RawRecord.of(CLUB, damaged));
      judgedAt(i);
    }
  }
}
