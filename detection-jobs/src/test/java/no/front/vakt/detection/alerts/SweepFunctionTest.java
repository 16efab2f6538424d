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
import no.front.vakt.detection.job.Outgoing;
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
    return seat.hear(call(customerId, at, RefusedBecause.PASSWORD)).stream()
        .anyMatch(attempt -> attempt.swept);
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
  void idsThatNameNobodySilenceNobody() throws Exception {
    for (int i = 1; i <= 40; i++) {
      seat.hear(call("guess-" + i, NOON, RefusedBecause.UNKNOWN_CUSTOMER));
    }

    assertThat(isSwept("club", NOON)).isFalse();
    assertThat(seat.alertsBeside()).isEmpty();
  }

  @Test
  void guessesPushNoCustomerOutOfMemoryAndStaffSeeHowManyButNoneOfTheirWords() throws Exception {
    refusedAt(4, NOON);
    for (int i = 1; i <= 40; i++) {
      seat.hear(
          call("ring +47 99 99 99 " + i, NOON.plusSeconds(i), RefusedBecause.UNKNOWN_CUSTOMER));
    }
    assertThat(isSwept("club-5", NOON.plusSeconds(41))).isTrue();

    Alert alert = seat.alertsBeside().get(0);
    assertThat(alert.customers()).containsExactly("club-1", "club-2", "club-3", "club-4", "club-5");
    assertThat(alert.customerCount()).isEqualTo(5);
    assertThat(alert.messages()).isEqualTo(45);
    assertThat(WireJson.text(alert)).doesNotContain("99 99 99");
  }

  @Test
  void theFifthTakesBackWhatTheDigestsOfAllFiveWouldTell() throws Exception {
    try (Seat<Attempt, Outgoing> digests = Seat.access(Told.options(), null)) {
      digests.at(NOON);
      for (int i = 1; i <= 6; i++) {
        Attempt other = call("club-" + i, NOON, RefusedBecause.NETWORK);
        other.originHash = "h1:1:another";
        other.json = other.json.replace("h1:1:address", other.originHash);
        digests.hear(other);
      }
      for (int i = 1; i <= 6; i++) {
        Attempt call = call("club-" + i, NOON.plusSeconds(i), RefusedBecause.PASSWORD);
        for (Attempt handed : seat.hear(call)) {
          digests.hear(handed);
        }
      }

      List<Alert> told = Told.alerts(digests.passTo(NOON.plus(A_DAY)));

      assertThat(told)
          .extracting(Alert::customerId)
          .containsExactlyInAnyOrder("club-1", "club-2", "club-3", "club-4", "club-5", "club-6");
      assertThat(told)
          .allSatisfy(
              alert -> {
                assertThat(alert.messages()).isEqualTo(1);
                assertThat(alert.until()).isEqualTo(NOON);
                assertThat(alert.refusedCalls())
                    .singleElement()
                    .matches(each -> "h1:1:another".equals(each.originHash()));
                assertThat(alert.findings().get(0).text().en())
                    .startsWith("Refused calls: 1, from 1 address (0 with a wrong password");
              });
    }
  }

  @Test
  void aDigestOfNothingButTheSweepIsNotWritten() throws Exception {
    try (Seat<Attempt, Outgoing> digests = Seat.access(Told.options(), null)) {
      digests.at(NOON);
      for (int i = 1; i <= 5; i++) {
        for (Attempt handed : seat.hear(call("club-" + i, NOON, RefusedBecause.PASSWORD))) {
          digests.hear(handed);
        }
      }

      assertThat(digests.stateEntries()).isZero();
      assertThat(digests.passTo(NOON.plus(A_DAY))).isEmpty();
    }
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
