package no.front.vakt.standalone.crash;

import static no.front.vakt.standalone.crash.Scene.NOON;
import static no.front.vakt.standalone.crash.Scene.finding;
import static no.front.vakt.standalone.crash.Scene.shadow;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two messages a minute may pass; a shadow would let one. What the check makes of it. */
class LimitsHoldTest {
  private static final Instant ONE_SECOND_LATER = NOON.plusSeconds(1);
  private static final Instant JUST_WITHIN = NOON.plusMillis(59_999);
  private static final Instant ONE_MINUTE_LATER = NOON.plusSeconds(60);

  private final Scene scene = new Scene();

  @BeforeEach
  void twoAMinute() {
    scene.policy(limit(1, 2));
  }

  private static String limit(int version, int limit) {
    return """
    {"customerId": "borettslaget", "version": %d, "rules": [
      {"id": "pair", "kind": "volume-limit", "action": "HOLD", "per": "customer",
       "limit": %d, "windowSeconds": 60}]}
    """
        .formatted(version, limit);
  }

  private void passed(String messageId, Instant at) {
    scene.judgedAt(messageId, Outcome.ALLOW, at, 1, true);
  }

  @Test
  void asManyAsTheLimitMayPass() {
    passed("first", NOON);
    passed("second", ONE_SECOND_LATER);
    scene.judgedAt("third", Outcome.HOLD, JUST_WITHIN, 1, true, finding("pair", Action.HOLD));

    Check.Result result = scene.examinedBy(new LimitsHold());
    assertThat(result.violations()).isEmpty();
    assertThat(result.note()).startsWith("1 times");
  }

  @Test
  void findsOneMoreThanTheLimit() {
    passed("first", NOON);
    passed("second", ONE_SECOND_LATER);
    passed("third", JUST_WITHIN);

    assertThat(scene.examinedBy(new LimitsHold()).violations())
        .containsExactly(
            "borettslaget/third: passed limit pair, but counting it makes 3 of at most 2");
  }

  @Test
  void messagesExactlyAWindowApartAreNotInOne() {
    passed("first", NOON);
    passed("second", ONE_SECOND_LATER);
    passed("third", ONE_MINUTE_LATER);

    assertThat(scene.examinedBy(new LimitsHold()).violations()).isEmpty();
  }

  @Test
  void findsOneThatCameLateIntoAFullWindow() {
    passed("second", ONE_SECOND_LATER);
    passed("third", JUST_WITHIN);
    passed("late", NOON);

    assertThat(scene.examinedBy(new LimitsHold()).violations())
        .singleElement()
        .asString()
        .startsWith("borettslaget/late: passed limit pair");
  }

  @Test
  void findsOneThatWasStoppedThoughThereWasRoom() {
    passed("first", NOON);
    scene.judgedAt("second", Outcome.HOLD, ONE_SECOND_LATER, 1, true, finding("pair", Action.HOLD));

    assertThat(scene.examinedBy(new LimitsHold()).violations())
        .containsExactly(
            "borettslaget/second: stopped by limit pair, but counting it makes 2 of at most 2");
  }

  @Test
  void whatWasStoppedDoesNotCount() {
    passed("first", NOON);
    scene.judgedAt(
        "blocked", Outcome.BLOCK, ONE_SECOND_LATER, 1, true, finding("other", Action.BLOCK));
    passed("second", JUST_WITHIN);

    assertThat(scene.examinedBy(new LimitsHold()).violations()).isEmpty();
  }

  @Test
  void aLimitThatWasLoweredStopsAtOnceAndOneThatWasRaisedLetsPass() {
    scene.policy(limit(2, 1)).policy(limit(3, 3));
    passed("first", NOON);
    passed("second", ONE_SECOND_LATER);
    scene.judgedAt("raised", Outcome.ALLOW, ONE_SECOND_LATER, 3, true);
    scene.judgedAt("lowered", Outcome.ALLOW, JUST_WITHIN, 2, true);

    assertThat(scene.examinedBy(new LimitsHold()).violations())
        .containsExactly(
            "borettslaget/lowered: passed limit pair, but counting it makes 4 of at most 1");
  }

  @Test
  void aVerdictReadAgainCountsOnce() {
    passed("first", NOON);
    passed("first", NOON);
    passed("second", ONE_SECOND_LATER);

    assertThat(scene.examinedBy(new LimitsHold()).violations()).isEmpty();
  }

  @Test
  void aShadowLimitIsCheckedBesideAndStopsNothing() {
    scene.policies.clear();
    scene.policy(
        """
        {"customerId": "borettslaget", "version": 1, "rules": [
          {"id": "pair", "kind": "volume-limit", "state": "shadow", "action": "BLOCK",
           "per": "recipient", "limit": 2, "windowSeconds": 60}]}
        """);
    passed("first", NOON);
    passed("second", ONE_SECOND_LATER);
    scene.judgedAt("seen", Outcome.ALLOW, ONE_SECOND_LATER, 1, true, shadow("pair", Action.BLOCK));
    passed("unseen", JUST_WITHIN);

    assertThat(scene.examinedBy(new LimitsHold()).violations())
        .containsExactly(
            "borettslaget/unseen: passed limit pair, but counting it makes 4 of at most 2");
  }
}
