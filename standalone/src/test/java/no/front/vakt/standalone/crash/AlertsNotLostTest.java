package no.front.vakt.standalone.crash;

import static no.front.vakt.standalone.crash.Scene.CUSTOMER;
import static no.front.vakt.standalone.crash.Scene.NOON;
import static no.front.vakt.standalone.crash.Scene.finding;
import static no.front.vakt.standalone.crash.Scene.shadow;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That no lost alert escapes the check. */
class AlertsNotLostTest {
  private static final Instant ONE_MINUTE_LATER = NOON.plusSeconds(60);
  private static final Instant HALF_AN_HOUR_LATER = NOON.plusSeconds(1_800);

  private final Scene scene = new Scene();

  private static Alert alert(
      @Nullable String customer,
      @Nullable String rule,
      AlertType type,
      Instant since,
      Instant until,
      String... customers) {
    return new Alert(
        "%s-%s-%s-%s".formatted(type, customer, rule, since),
        customer,
        AlertAudience.CUSTOMER,
        type,
        until,
        since,
        until,
        1,
        1,
        0,
        rule,
        List.of(),
        List.of(),
        List.of(),
        List.of(customers),
        customers.length);
  }

  private void held(String messageId, Instant at) {
    scene.judgedAt(messageId, Outcome.HOLD, at, 1, true, finding("pair", Action.HOLD));
  }

  private Check.Result result() {
    return scene.examinedBy(new AlertsNotLost());
  }

  @Test
  void aFirstAlertStandsForWhatFollowsUntilTheAllClear() {
    held("first", NOON);
    held("second", ONE_MINUTE_LATER);
    scene.alerts.add(alert(CUSTOMER, "pair", AlertType.FIRST, NOON, NOON));

    assertThat(result().status()).isEqualTo(Check.Status.PASS);
  }

  @Test
  void alertsThatNobodyWritesAreNoPass() {
    held("first", NOON);

    assertThat(result().status()).isEqualTo(Check.Status.NOT_RUNNING);
  }

  @Test
  void findsAFindingThatNoAlertTellsOf() {
    held("first", NOON);
    scene.alerts.add(alert("skolen", "pair", AlertType.FIRST, NOON, NOON));

    assertThat(result().violations())
        .contains("borettslaget/first: HOLD by rule pair, and no alert tells of it");
  }

  @Test
  void findsAnAlertActionThatNoAlertTellsOfThoughTheMessagePassed() {
    scene.judged("passed", Outcome.ALLOW, finding("sender", Action.ALERT));
    scene.judged("held", Outcome.HOLD, finding("pair", Action.HOLD));
    scene.alerts.add(alert(CUSTOMER, "pair", AlertType.FIRST, NOON, NOON));

    assertThat(result().violations())
        .containsExactly("borettslaget/passed: ALERT by rule sender, and no alert tells of it");
  }

  @Test
  void findsAFindingBeforeTheFirstAlert() {
    held("early", NOON);
    scene.alerts.add(alert(CUSTOMER, "pair", AlertType.FIRST, ONE_MINUTE_LATER, ONE_MINUTE_LATER));

    assertThat(result().violations()).hasSize(1);
  }

  @Test
  void findsAFindingAfterTheAllClearThatBeganNoNewEpisode() {
    held("first", NOON);
    held("later", HALF_AN_HOUR_LATER);
    scene.alerts.add(alert(CUSTOMER, "pair", AlertType.FIRST, NOON, NOON));
    scene.alerts.add(alert(CUSTOMER, "pair", AlertType.ALL_CLEAR, NOON, ONE_MINUTE_LATER));

    assertThat(result().violations())
        .containsExactly("borettslaget/later: HOLD by rule pair, and no alert tells of it");

    scene.alerts.add(
        alert(CUSTOMER, "pair", AlertType.FIRST, HALF_AN_HOUR_LATER, HALF_AN_HOUR_LATER));
    assertThat(result().violations()).isEmpty();
  }

  @Test
  void theOneAlertAboutManyCustomersTellsOfEachOfThem() {
    held("first", NOON);
    scene.alerts.add(alert(null, null, AlertType.MANY_CUSTOMERS, NOON, ONE_MINUTE_LATER, CUSTOMER));

    assertThat(result().violations()).isEmpty();
  }

  @Test
  void findsAnAlertAboutWhatOnlyAShadowRuleSaid() {
    scene.judged("seen", Outcome.ALLOW, shadow("tighter", Action.BLOCK));
    scene.alerts.add(alert(CUSTOMER, "tighter", AlertType.FIRST, NOON, NOON));

    assertThat(result().violations())
        .singleElement()
        .asString()
        .contains("borettslaget", "tells of rule tighter, which never spoke but in shadow");
  }
}
