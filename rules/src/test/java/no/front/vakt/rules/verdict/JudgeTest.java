package no.front.vakt.rules.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.Hearing;
import no.front.vakt.rules.policy.CustomerPolicy;
import no.front.vakt.rules.policy.PolicyBook;
import no.front.vakt.rules.signal.ChunkStore;
import no.front.vakt.rules.signal.CustomerMemory;
import no.front.vakt.rules.signal.MapChunks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final String TO_GUERNSEY = "+447781000001";

  private static String countries(String id, String action, String more) {
    return "{'id':'"
        + id
        + "','kind':'country-policy','allowed':['NO'],'action':'"
        + action
        + "'"
        + more
        + "}";
  }

  private static String ceiling(int limit, String action, String more) {
    return "{'id':'ceiling','kind':'volume-limit','per':'customer','windowSeconds':60,'limit':"
        + limit
        + ",'action':'"
        + action
        + "'"
        + more
        + "}";
  }

  private static Submission abroad(Submission message) {
    return SampleMessages.to(message, TO_GUERNSEY);
  }

  @ParameterizedTest
  @CsvSource({"OBSERVE, ALLOW", "ALERT, ALLOW", "HOLD, HOLD", "BLOCK, BLOCK"})
  void turnsTheActionIntoTheOutcome(Action action, Outcome outcome) {
    Hearing hearing = Hearing.underRules(countries("a", action.name(), ""));
    Verdict verdict = hearing.judge(abroad(hearing.message(0)));
    assertThat(verdict.outcome()).isEqualTo(outcome);
    assertThat(verdict.findings()).extracting(Finding::action).containsExactly(action);
    assertThat(verdict.score()).isBetween(1, 100);
  }

  @Test
  void allowsWhatNoRuleSpeaksOf() {
    Hearing hearing = Hearing.under();
    Verdict verdict = hearing.judge(hearing.message(0));
    assertThat(verdict.outcome()).isEqualTo(Outcome.ALLOW);
    assertThat(verdict.score()).isZero();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.policyVersion()).isZero();
  }

  @Test
  void letsTheStrongestLiveActionWinAndNamesItFirst() {
    Hearing hearing =
        Hearing.underRules(
            countries("a", "ALERT", ""),
            countries("b", "BLOCK", ",'state':'shadow'"),
            countries("c", "HOLD", ""),
            countries("d", "OBSERVE", ""));
    Verdict verdict = hearing.judge(abroad(hearing.message(0)));
    assertThat(verdict.outcome()).isEqualTo(Outcome.HOLD);
    assertThat(verdict.findings()).extracting(Finding::ruleId).containsExactly("c", "a", "d", "b");
  }

  @Test
  void recordsAShadowRuleAndDecidesWithoutIt() {
    Hearing hearing = Hearing.underRules(ceiling(1, "BLOCK", ",'state':'shadow'"));
    hearing.outcomeAt(0);
    Verdict verdict = hearing.judge(hearing.message(1));
    assertThat(verdict.outcome()).isEqualTo(Outcome.ALLOW);
    assertThat(verdict.score()).isZero();
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.shadow()).isTrue();
              assertThat(finding.observed()).isEqualTo(2);
            });
    assertThat(hearing.findings(hearing.message(2)).get(0).observed())
        .as("what a shadow rule speaks of still passes, and counts")
        .isEqualTo(3);
  }

  @Test
  void letsAShadowLimitReadWhatTheLiveOneLetThrough() {
    Hearing hearing =
        Hearing.underRules(
            ceiling(2, "BLOCK", ""), ceiling(1, "BLOCK", ",'version':2,'state':'shadow'"));
    hearing.outcomeAt(0);
    hearing.outcomeAt(1);
    for (int at = 2; at < 5; at++) {
      assertThat(hearing.findings(hearing.message(at)))
          .extracting(Finding::observed)
          .containsExactly(3L, 3L);
    }
  }

  @Test
  void countsAMessageOnceWhateverTheNumberOfRules() {
    Hearing hearing =
        Hearing.underRules(
            ceiling(9, "OBSERVE", ""),
            ceiling(1, "OBSERVE", "").replace("ceiling", "other"),
            ceiling(1, "OBSERVE", ",'unit':'segment'").replace("ceiling", "third"));
    hearing.outcomeAt(0);
    assertThat(hearing.findings(hearing.message(1)))
        .extracting(Finding::observed)
        .containsExactly(2L, 2L);
  }

  @Test
  void doesNotCountWhatAnotherRuleStopped() {
    Hearing hearing = Hearing.underRules(ceiling(1, "BLOCK", ""), countries("a", "HOLD", ""));
    assertThat(hearing.judge(abroad(hearing.message(0))).outcome()).isEqualTo(Outcome.HOLD);
    assertThat(hearing.outcomeAt(1)).isEqualTo(Outcome.ALLOW);
  }

  @Test
  void answersARepeatWithTheFirstOutcomeAndCountsNothing() {
    Hearing hearing = Hearing.underRules(ceiling(2, "BLOCK", ""));
    Submission first = hearing.message(0);
    hearing.judge(first);
    for (int i = 0; i < 5; i++) {
      Ruling again = hearing.hear(first);
      assertThat(again.kind()).isEqualTo(Ruling.Kind.REPEAT);
      assertThat(again.verdict().outcome()).isEqualTo(Outcome.ALLOW);
      assertThat(again.verdict().findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.kind()).isEqualTo("repeat");
                assertThat(finding.evidence()).containsEntry("firstAt", "2026-11-23T11:00:00.000Z");
              });
    }
    assertThat(hearing.outcomeAt(1)).isEqualTo(Outcome.ALLOW);
    Submission stopped = hearing.message(2);
    assertThat(hearing.judge(stopped).outcome()).isEqualTo(Outcome.BLOCK);
    assertThat(hearing.judge(later(stopped, 300_000)).outcome())
        .as("room again, but the first outcome stands")
        .isEqualTo(Outcome.BLOCK);
  }

  @Test
  void judgesAnIdAnewAfterTenMinutes() {
    Hearing hearing = Hearing.under();
    Submission first = hearing.message(0);
    hearing.judge(first);
    assertThat(hearing.hear(later(first, 599_999)).kind()).isEqualTo(Ruling.Kind.REPEAT);
    assertThat(hearing.hear(later(first, 600_000)).kind()).isEqualTo(Ruling.Kind.JUDGED);
  }

  private static Submission later(Submission message, long millis) {
    return new Submission(
        message.customerId(),
        message.messageId(),
        message.submittedAt().plusMillis(millis),
        message.senderId(),
        message.recipient(),
        message.text(),
        message.originIp(),
        message.channel(),
        message.validUntil(),
        message.deliver());
  }

  @Test
  void refusesAnIdThatOtherContentHolds() {
    Hearing hearing = Hearing.under();
    Submission first = hearing.message(0);
    hearing.judge(first);
    for (Submission other :
        List.of(
            SampleMessages.saying(first, "Noe annet"),
            SampleMessages.to(first, "+4799999902"),
            SampleMessages.from(first, "Butikken"))) {
      Ruling ruling = hearing.hear(other);
      assertThat(ruling.kind()).isEqualTo(Ruling.Kind.ID_REUSED);
      assertThat(ruling.verdict().outcome()).isEqualTo(Outcome.BLOCK);
      assertThat(ruling.verdict().findings())
          .extracting(Finding::kind)
          .containsExactly("id-reused");
    }
    assertThat(hearing.hear(SampleMessages.calledFrom(first, "192.0.2.99")).kind())
        .as("a retry from another address is the same message")
        .isEqualTo(Ruling.Kind.REPEAT);
  }

  @Test
  void knowsOneIdOfTwoCustomersApart() {
    Hearing hearing = Hearing.under();
    hearing.judge(SampleMessages.message("klubben", "m", SampleMessages.NOON));
    assertThat(hearing.hear(SampleMessages.message("butikken", "m", SampleMessages.NOON)).kind())
        .isEqualTo(Ruling.Kind.JUDGED);
  }

  @Test
  void blocksEverythingOfAFrozenCustomerUntilItEnds() {
    Hearing hearing =
        Hearing.under(
            "{'customerId':'klubben','version':4,'frozen':{'reason':'Innbrudd',"
                + "'until':'2026-11-23T11:00:01Z'}}");
    Verdict verdict = hearing.judge(hearing.message(999));
    assertThat(verdict.outcome()).isEqualTo(Outcome.BLOCK);
    assertThat(verdict.score()).isEqualTo(100);
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("frozen");
              assertThat(finding.evidence()).containsEntry("reason", "Innbrudd");
            });
    assertThat(hearing.outcomeAt(1000)).isEqualTo(Outcome.ALLOW);
  }

  @Test
  void sparesARuleThatIsExceptedUntilThatInstant() {
    Hearing hearing =
        Hearing.under(
            "{'customerId':'klubben','version':1,'exceptions':[{'rule':'a','what':'*',"
                + "'until':'2026-11-23T11:00:01Z'},{'rule':'b','what':'GG'}],'rules':["
                + countries("a", "BLOCK", "")
                + ","
                + countries("b", "BLOCK", "")
                + "]}");
    assertThat(hearing.findings(abroad(hearing.message(999)))).isEmpty();
    assertThat(hearing.findings(abroad(hearing.message(1000))))
        .extracting(Finding::ruleId)
        .containsExactly("a");
    assertThat(hearing.findings(SampleMessages.to(hearing.message(999), "+447400123456")))
        .extracting(Finding::ruleId)
        .containsExactly("b");
  }

  @Test
  void stampsWhatItJudgedBy() {
    Hearing hearing =
        Hearing.under(
            "{'customerId':'klubben','version':4}", "{'customerId':'default','version':9}");
    Submission message = hearing.message(0);
    Verdict verdict = hearing.judge(message);
    assertThat(verdict)
        .isEqualTo(
            new Verdict(
                "klubben",
                message.messageId(),
                Outcome.ALLOW,
                0,
                Hearing.DECIDED_AT,
                4,
                9,
                "data-1",
                List.of()));
  }

  @Test
  void carriesTheThirtyTwoStrongestFindings() {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rules.add(
          countries("r" + i, i == 39 ? "BLOCK" : "OBSERVE", i < 8 ? ",'state':'shadow'" : ""));
    }
    Hearing hearing = Hearing.underRules(rules.toArray(new String[0]));
    Verdict verdict = hearing.judge(abroad(hearing.message(0)));
    assertThat(verdict.outcome()).isEqualTo(Outcome.BLOCK);
    assertThat(verdict.findings()).hasSize(32).noneMatch(Finding::shadow);
    assertThat(verdict.findings().get(0).ruleId()).isEqualTo("r39");
  }

  @Test
  void tellsOfARuleItCannotJudgeAndLetsTheOthersDecide() {
    Hearing hearing =
        Hearing.underRules("{'id':'new','kind':'moon-phase'}", countries("a", "HOLD", ""));
    Verdict verdict = hearing.judge(abroad(hearing.message(0)));
    assertThat(verdict.outcome()).isEqualTo(Outcome.HOLD);
    assertThat(verdict.findings()).extracting(Finding::kind).contains("rule-fault");
    assertThat(verdict.findings().get(1).evidence())
        .containsEntry("kind", "moon-phase")
        .containsEntry("reason", "unknown-kind");
  }

  @Test
  void answersNothingWhenARulesCounterCannotBeReached() {
    PolicyBook book = PolicyBook.withoutDefault();
    book.receive(
        Hearing.policy(
            "{'customerId':'klubben','version':1,'rules':[" + ceiling(1, "BLOCK", "") + "]}"));
    MapChunks chunks = new MapChunks();
    CustomerMemory memory = new CustomerMemory(chunks, KeyRing.generate().hashing());
    memory.open("klubben");
    // Identities answer, so that it is the rule that meets the failure.
    chunks.unreachable = chunk -> chunk != 0 && !CustomerMemory.holdsIdentities(chunk);
    Submission message = SampleMessages.message("klubben", "m", SampleMessages.NOON);
    CustomerPolicy policy = book.inForce("klubben", SampleMessages.NOON);

    assertThatThrownBy(() -> new Judge("data-1").hear(message, policy, memory, SampleMessages.NOON))
        .isInstanceOf(ChunkStore.Failure.class);
    assertThat(memory.find(message)).as("not remembered as judged").isNull();
  }

  @Test
  void carriesAtMostAKilobyteOfEvidenceWhateverStaffWrote() {
    Hearing hearing =
        Hearing.under(
            "{'customerId':'klubben','version':1,'frozen':{'reason':'" + "æ".repeat(5000) + "'}}");
    assertThat(hearing.findings(hearing.message(0)))
        .allSatisfy(
            finding ->
                assertThat(WireJson.bytes(finding.evidence()).length).isLessThanOrEqualTo(1024));
  }
}
