package no.front.vakt.standalone.crash;

import static no.front.vakt.standalone.crash.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import org.junit.jupiter.api.Test;

/** That the checks of delivery and outcomes find what they are there to find. */
class DeliveryChecksTest {
  private final Scene scene = new Scene();

  @Test
  void whatIsAllowedIsDeliveredAndDuplicatesAreTold() {
    scene.judged("a", Outcome.ALLOW).delivered("a").delivered("a");

    Check.Result result = scene.examinedBy(new DeliveredOnce());
    assertThat(result.status()).isEqualTo(Check.Status.PASS);
    assertThat(result.note()).startsWith("1 duplicates");
  }

  @Test
  void aTopicThatNobodyWritesIsNoPass() {
    scene.judged("a", Outcome.ALLOW);

    assertThat(scene.examinedBy(new DeliveredOnce()).status()).isEqualTo(Check.Status.NOT_RUNNING);
  }

  @Test
  void findsAnAllowedMessageThatWasNotDelivered() {
    scene.judged("a", Outcome.ALLOW).judged("b", Outcome.ALLOW).delivered("a");

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactly("borettslaget/b: allowed, but not on sms.delivery");
  }

  @Test
  void findsABlockedOneThatWasDelivered() {
    scene.judged("a", Outcome.BLOCK).delivered("a");

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactly("borettslaget/a: delivered, but judged BLOCK");
  }

  @Test
  void findsAHeldOneThatWasDeliveredUnlessItWasReleased() {
    scene.judged("a", Outcome.HOLD).delivered("a");
    scene.judged("b", Outcome.HOLD).delivered("b").released("b");

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactly("borettslaget/a: delivered, but judged HOLD");
  }

  @Test
  void findsADeliveryByALaterVerdictThatDoesNotCount() {
    scene.judged("a", Outcome.HOLD).judged("a", Outcome.ALLOW).delivered("a");

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactly("borettslaget/a: delivered, but judged HOLD");
  }

  @Test
  void findsOneThatWasOnlyToBeJudged() {
    scene.judgedAt("a", Outcome.ALLOW, NOON, 0, false).delivered("a");

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactly("borettslaget/a: delivered, but handed in to be judged only");
  }

  @Test
  void findsWhatNobodyJudgedAndWhatWasChangedOnTheWay() {
    scene.judged("a", Outcome.ALLOW).delivered("stray");
    scene.delivery.add(new Logs.Ordered(Scene.id("a"), 0));

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactlyInAnyOrder(
            "borettslaget/stray: delivered, but never judged",
            "borettslaget/a: delivered with other content than judged");
  }

  @Test
  void findsTwoDeliveriesThatDedupeWouldTakeForOneThoughTheyDiffer() {
    scene.judged("a", Outcome.ALLOW).delivered("a");
    scene.delivery.add(new Logs.Ordered(Scene.id("a"), 0));

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactly("borettslaget/a: delivered twice with different content");
  }

  @Test
  void whatWasWorthlessBeforeItCouldBeSentHasExpired() {
    scene.limited("late").judged("late", Outcome.ALLOW).judged("lost", Outcome.ALLOW);
    scene.became("late", MessageState.EXPIRED, "valid-until");
    scene.became("lost", MessageState.EXPIRED, "hold-time");
    scene.judged("sent", Outcome.ALLOW).delivered("sent");

    assertThat(scene.examinedBy(new DeliveredOnce()).violations())
        .containsExactly("borettslaget/lost: allowed, but not on sms.delivery");
  }

  @Test
  void findsADeliveredMessageThatIsSaidToHaveExpired() {
    scene
        .limited("a")
        .judged("a", Outcome.ALLOW)
        .delivered("a")
        .became("a", MessageState.EXPIRED, "valid-until");

    assertThat(scene.examinedBy(new OutcomesFit()).violations())
        .containsExactly("borettslaget/a: delivered, but it ended EXPIRED");
  }

  @Test
  void aHeldMessageWhoseTimeWasOverNeedsNoPlace() {
    scene.limited("a").judged("a", Outcome.HOLD).became("a", MessageState.EXPIRED, "valid-until");

    assertThat(scene.examinedBy(new OutcomesFit()).violations()).isEmpty();
  }

  @Test
  void aHeldMessageIsParkedAndMayEndOnce() {
    scene
        .judged("a", Outcome.HOLD)
        .became("a", MessageState.PARKED, "verdict")
        .became("a", MessageState.PARKED, "verdict")
        .became("a", MessageState.EXPIRED, "hold-time");

    assertThat(scene.examinedBy(new OutcomesFit()).status()).isEqualTo(Check.Status.PASS);
  }

  @Test
  void outcomesThatNobodyWritesAreNoPass() {
    scene.judged("a", Outcome.HOLD);

    assertThat(scene.examinedBy(new OutcomesFit()).status()).isEqualTo(Check.Status.NOT_RUNNING);
  }

  @Test
  void findsAHeldMessageThatIsNotParked() {
    scene
        .judged("a", Outcome.HOLD)
        .judged("b", Outcome.ALLOW)
        .delivered("b")
        .became("b", MessageState.SENT, "");

    assertThat(scene.examinedBy(new OutcomesFit()).violations())
        .containsExactly("borettslaget/a: held, but no outcome says it is parked");
  }

  @Test
  void aHeldMessageThatFoundNoRoomIsAccountedFor() {
    scene.judged("a", Outcome.HOLD).became("a", MessageState.REJECTED, "hold-full");

    assertThat(scene.examinedBy(new OutcomesFit()).violations()).isEmpty();
  }

  @Test
  void theFirstEndStandsWhateverIsToldAgain() {
    scene
        .judged("a", Outcome.HOLD)
        .delivered("a")
        .became("a", MessageState.PARKED, "verdict")
        .became("a", MessageState.SENT, "kari")
        .became("a", MessageState.EXPIRED, "hold-time");

    assertThat(scene.examinedBy(new OutcomesFit()).violations()).isEmpty();
  }

  @Test
  void findsAMessageToldAsSentThatWasNotDelivered() {
    scene.judged("a", Outcome.ALLOW).became("a", MessageState.SENT, "verdict");

    assertThat(scene.examinedBy(new OutcomesFit()).violations())
        .containsExactly("borettslaget/a: told as sent, but not delivered");
  }

  @Test
  void findsAParkedMessageThatWasNeverHeld() {
    scene.judged("a", Outcome.BLOCK).became("a", MessageState.PARKED, "verdict");

    assertThat(scene.examinedBy(new OutcomesFit()).violations())
        .containsExactly("borettslaget/a: parked, but judged BLOCK");
  }
}
