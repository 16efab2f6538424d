package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.scoring.Traffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepFunctionTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  private Seat<Attempt, Attempt> seat;
  private int attempts;

  @BeforeEach
  void start() throws Exception {
    seat = Seat.sweep(null).at(NOON);
  }

  @AfterEach
  void stop() {
    seat.close();
  }

  private Attempt call(String customerId, Instant at, RefusedBecause why) {
    String id = "t-" + attempts++;
    Attempt attempt = new Attempt();
    attempt.customerId = customerId;
    attempt.attemptId = id;
    attempt.atMillis = at.toEpochMilli();
    attempt.originHash = "h1:1:address";
    attempt.refusedBecause = why;
    attempt.json =
        WireJson.text(new AccessAttempt(id, customerId, at, null, attempt.originHash, why, false));
    return attempt;
  }

  private boolean isSwept(String customerId, Instant at) throws Exception {
    return seat.hear(call(customerId, at, RefusedBecause.PASSWORD)).get(0).swept;
  }

  private void refusedAt(int customers, Instant at) throws Exception {
    for (int i = 1; i <= customers; i++) {
      seat.hear(call("club-" + i, at, RefusedBecause.PASSWORD));
    }
  }

  @Test
  void fourCustomersAreNoSweep() throws Exception {
    refusedAt(4, NOON);

    assertThat(isSwept("club-1", NOON)).as("the same customer again").isFalse();
    assertThat(seat.alertsBeside()).isEmpty();
  }

  @Test
  void theFifthCustomerMakesOneAlertToStaff() throws Exception {
    refusedAt(4, NOON);

    assertThat(isSwept("club-5", NOON.plusSeconds(1))).isTrue();
    assertThat(isSwept("club-6", NOON.plusSeconds(2))).isTrue();

    List<Alert> alerts = seat.alertsBeside();
    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.type()).isEqualTo(AlertType.ACCESS_SWEEP);
    assertThat(alert.audience()).isEqualTo(AlertAudience.STAFF);
    assertThat(alert.customerId()).isNull();
    assertThat(alert.customerCount()).isEqualTo(5);
    assertThat(alert.messages()).isEqualTo(5);
    assertThat(alert.customers()).containsExactly("club-1", "club-2", "club-3", "club-4", "club-5");
    assertThat(alert.refusedCalls()).hasSize(5);
  }

  @Test
  void callsExactlyADayApartAreNotInOneDay() throws Exception {
    seat.hear(call("club-1", NOON, RefusedBecause.PASSWORD));
    for (int i = 2; i <= 4; i++) {
      seat.hear(call("club-" + i, NOON.plusSeconds(1), RefusedBecause.PASSWORD));
    }

    assertThat(isSwept("club-5", NOON.plus(A_DAY))).isFalse();
    assertThat(isSwept("club-6", NOON.plus(A_DAY))).isTrue();
  }

  @Test
  void anAddressStaysMarkedForADayAndIsToldOfAgainIfItGoesOn() throws Exception {
    refusedAt(5, NOON);
    seat.beside();

    assertThat(isSwept("club-1", NOON.plus(A_DAY).minusMillis(1))).isTrue();
    assertThat(isSwept("club-1", NOON.plus(A_DAY))).isFalse();
    for (int i = 2; i <= 4; i++) {
      assertThat(isSwept("club-" + i, NOON.plus(A_DAY))).isFalse();
    }
    assertThat(seat.alertsBeside()).isEmpty();
    assertThat(isSwept("club-5", NOON.plus(A_DAY))).isTrue();
    assertThat(seat.alertsBeside()).hasSize(1);
  }

  @Test
  void guessedIdsCountButAreNotNamed() throws Exception {
    for (int i = 1; i <= 4; i++) {
      seat.hear(call("http://evil.example/" + i, NOON, RefusedBecause.UNKNOWN_CUSTOMER));
    }
    assertThat(isSwept("club", NOON)).isTrue();

    Alert alert = seat.alertsBeside().get(0);
    assertThat(alert.customers()).containsExactly("club");
    assertThat(alert.customerCount()).isEqualTo(5);
  }

  @Test
  void acceptedCallsPassUntouched() throws Exception {
    for (int i = 1; i <= 9; i++) {
      assertThat(seat.hear(call("club-" + i, NOON, null))).hasSize(1);
    }
    assertThat(seat.alertsBeside()).isEmpty();
    assertThat(seat.stateEntries()).isZero();
  }

  @Test
  void fourBeforeARestartAndOneAfterAreFive() throws Exception {
    refusedAt(4, NOON);

    try (Seat<Attempt, Attempt> again = Seat.sweep(seat.snapshot())) {
      again.at(NOON.plus(Duration.ofDays(3)));
      again.hear(call("club-5", NOON.plusSeconds(1), RefusedBecause.PASSWORD));
      assertThat(again.alertsBeside()).as("the log of the outage is read late").hasSize(1);
    }
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    refusedAt(40, NOON);

    seat.passTo(NOON.plus(Duration.ofDays(2)));

    assertThat(seat.stateEntries()).isZero();
    assertThat(seat.timers()).isZero();
  }
}
