package no.front.vakt.standalone.crash;

import static no.front.vakt.standalone.crash.Scene.NOON;
import static no.front.vakt.standalone.crash.Scene.finding;
import static org.assertj.core.api.Assertions.assertThat;

import no.front.vakt.contract.Action;
import no.front.vakt.contract.Outcome;
import org.junit.jupiter.api.Test;

/** That the checks of verdicts find what they are there to find, and nothing else. */
class VerdictChecksTest {
  private final Scene scene = new Scene();

  @Test
  void whatIsAcceptedAndJudgedIsInOrder() {
    scene.accepted("a").judged("a", Outcome.ALLOW);

    assertThat(scene.examinedBy(new AcknowledgedIsJudged()).status()).isEqualTo(Check.Status.PASS);
  }

  @Test
  void findsAnAcknowledgedMessageThatIsNotOnTheLog() {
    scene.accepted("lost");

    assertThat(scene.examinedBy(new AcknowledgedIsJudged()).violations())
        .contains("borettslaget/lost: acknowledged, but not on sms.submitted");
  }

  @Test
  void findsAnAcknowledgedMessageThatWasNeverJudged() {
    scene.accepted("unjudged").submitted("unjudged");

    assertThat(scene.examinedBy(new AcknowledgedIsJudged()).violations())
        .containsExactly("borettslaget/unjudged: acknowledged, but never judged");
  }

  @Test
  void findsAMessageOnTheLogThatWasNeverJudgedEvenIfNobodyWasToldOfIt() {
    scene.submitted("unanswered");

    assertThat(scene.examinedBy(new AcknowledgedIsJudged()).violations())
        .containsExactly("borettslaget/unanswered: on sms.submitted, but never judged");
  }

  @Test
  void aMessageNobodyAcknowledgedMayBeMissing() {
    scene.told.put(Scene.id("never"), Told.NOTHING.triedAgain());

    assertThat(scene.examinedBy(new AcknowledgedIsJudged()).violations()).isEmpty();
  }

  @Test
  void theSameVerdictReadAgainIsInOrder() {
    scene.judged("a", Outcome.ALLOW).judged("a", Outcome.ALLOW);

    Check.Result result = scene.examinedBy(new EqualVerdicts());
    assertThat(result.status()).isEqualTo(Check.Status.PASS);
    assertThat(result.examined()).isEqualTo(1);
  }

  @Test
  void findsALaterVerdictWithAnotherOutcome() {
    scene.judged("a", Outcome.ALLOW).judged("a", Outcome.HOLD);

    assertThat(scene.examinedBy(new EqualVerdicts()).violations())
        .containsExactly("borettslaget/a: judged ALLOW, then HOLD");
  }

  @Test
  void findsALaterVerdictWithOtherFindings() {
    scene
        .judged("a", Outcome.HOLD, finding("everything", Action.HOLD))
        .judged("a", Outcome.HOLD, finding("countries", Action.HOLD));

    assertThat(scene.examinedBy(new EqualVerdicts()).violations())
        .containsExactly("borettslaget/a: judged again with other findings");
  }

  @Test
  void findsALaterVerdictByAnotherPolicyVersion() {
    scene.judgedAt("a", Outcome.ALLOW, NOON, 1, true).judgedAt("a", Outcome.ALLOW, NOON, 2, true);

    assertThat(scene.examinedBy(new EqualVerdicts()).violations())
        .singleElement()
        .asString()
        .contains("borettslaget/a: judged again with another stamp", "version 1", "then 2");
  }

  @Test
  void theFirstVerdictIsTheOneTheCallerMustHaveBeenTold() {
    scene.toldVerdict("a", Outcome.ALLOW).judged("a", Outcome.ALLOW).judged("a", Outcome.HOLD);

    assertThat(scene.examinedBy(new ToldIsEffective()).status()).isEqualTo(Check.Status.PASS);
  }

  @Test
  void findsACallerWhoWasToldAnotherOutcome() {
    scene.toldVerdict("a", Outcome.ALLOW).judged("a", Outcome.BLOCK);

    assertThat(scene.examinedBy(new ToldIsEffective()).violations())
        .containsExactly("borettslaget/a: told ALLOW, judged BLOCK");
  }

  @Test
  void findsACallerWhoWasToldOtherReasons() {
    scene
        .toldVerdict("a", Outcome.HOLD, finding("everything", Action.HOLD))
        .judged("a", Outcome.HOLD, finding("countries", Action.HOLD));

    assertThat(scene.examinedBy(new ToldIsEffective()).violations())
        .containsExactly("borettslaget/a: told HOLD, judged HOLD with other findings");
  }

  @Test
  void findsACorrectGatewayThatWasTurnedAway() {
    scene.told.put(Scene.id("a"), Told.NOTHING.triedAgain().refused("409 id-reused"));

    assertThat(scene.examinedBy(new ToldIsEffective()).violations())
        .containsExactly("borettslaget/a: refused: 409 id-reused");
  }

  @Test
  void aPolicyHoldsFromItsVeryInstant() {
    scene
        .policy(policy(1, "2026-11-23T12:00:00Z"))
        .judgedAt("before", Outcome.ALLOW, NOON.minusMillis(1), 0, true)
        .judgedAt("at", Outcome.ALLOW, NOON, 1, true);

    assertThat(scene.examinedBy(new PolicyInForce()).status()).isEqualTo(Check.Status.PASS);
  }

  @Test
  void findsAMessageJudgedByAPolicyThatWasSuperseded() {
    scene
        .policy(policy(1, "2026-11-23T10:00:00Z"))
        .policy(policy(2, "2026-11-23T11:00:00Z"))
        .judgedAt("late", Outcome.ALLOW, NOON, 1, true);

    assertThat(scene.examinedBy(new PolicyInForce()).violations())
        .containsExactly(
            "borettslaget/late: of 2026-11-23T12:00:00Z, judged by policy version 1, in force was"
                + " 2");
  }

  private static String policy(int version, String from) {
    return """
    {"customerId": "borettslaget", "version": %d, "effectiveFrom": "%s", "rules": []}
    """
        .formatted(version, from);
  }
}
