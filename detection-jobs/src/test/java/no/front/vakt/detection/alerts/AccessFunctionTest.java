package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.scoring.Traffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.scoring.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessFunctionTest {
  private static final Duration THIRTY_DAYS = Duration.ofDays(30);
  private static final String HOME = "192.0.2.10";
  private static final String ELSEWHERE = "198.51.100.20";

  /** Noon in the tests is 12:00 in Oslo, winter. */
  private static final Instant NEXT_MORNING = Instant.parse("2026-11-24T06:00:00Z");

  private Seat<Attempt, Outgoing> seat;
  private int attempts;

  @BeforeEach
  void start() throws Exception {
    seat = Seat.access(Told.options(), null).at(NOON);
  }

  @AfterEach
  void stop() {
    seat.close();
  }

  private Attempt attempt(Instant at, String address, RefusedBecause why, boolean right) {
    String id = "t-" + attempts++;
    AccessAttempt told =
        new AccessAttempt(
            id,
            "club",
            at,
            Traffic.KEYS
                .sealing()
                .seal(address, SealedField.ORIGIN_IP, new MessageIdentity("club", id)),
            Traffic.KEYS.hashing().of("origin", address),
            why,
            right);
    Attempt attempt = new Attempt();
    attempt.customerId = "club";
    attempt.attemptId = id;
    attempt.atMillis = at.toEpochMilli();
    attempt.originHash = told.originHash();
    attempt.refusedBecause = why;
    attempt.passwordWasRight = right;
    attempt.json = WireJson.text(told);
    return attempt;
  }

  private List<Alert> hear(Attempt attempt) throws Exception {
    return Told.alerts(seat.hear(attempt));
  }

  private List<Alert> accepted(Instant at, String address) throws Exception {
    return hear(attempt(at, address, null, true));
  }

  private List<Alert> refused(Instant at, String address) throws Exception {
    return hear(attempt(at, address, RefusedBecause.PASSWORD, false));
  }

  private List<Alert> passTo(Instant wall) throws Exception {
    return Told.alerts(seat.passTo(wall));
  }

  @Test
  void aRefusalFromTheCustomersOwnAddressIsToldToItAtOnce() throws Exception {
    assertThat(accepted(NOON, HOME)).isEmpty();

    List<Alert> alerts = refused(NOON.plusSeconds(1), HOME);

    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.type()).isEqualTo(AlertType.ACCESS_REFUSED);
    assertThat(alert.audience()).isEqualTo(AlertAudience.CUSTOMER);
    assertThat(alert.messages()).isEqualTo(1);
    AccessAttempt call = alert.refusedCalls().get(0);
    assertThat(
            Traffic.KEYS
                .sealing()
                .open(
                    call.originIp(),
                    SealedField.ORIGIN_IP,
                    new MessageIdentity("club", call.attemptId())))
        .isEqualTo(HOME);
  }

  @Test
  void anAddressIsTheCustomersOwnForLessThanThirtyDays() throws Exception {
    accepted(NOON, HOME);

    assertThat(refused(NOON.plus(THIRTY_DAYS).minusMillis(1), HOME)).hasSize(1);
  }

  @Test
  void exactlyThirtyDaysLaterItIsAStrangers() throws Exception {
    accepted(NOON, HOME);

    assertThat(refused(NOON.plus(THIRTY_DAYS), HOME)).isEmpty();
  }

  @Test
  void aRightPasswordFromAWrongNetworkIsToldToBothAtOnce() throws Exception {
    List<Alert> alerts = hear(attempt(NOON, ELSEWHERE, RefusedBecause.NETWORK, true));

    assertThat(alerts)
        .extracting(Alert::audience)
        .containsExactly(AlertAudience.CUSTOMER, AlertAudience.STAFF);
    assertThat(alerts).extracting(Alert::alertId).doesNotHaveDuplicates();
  }

  @Test
  void oneAddressIsToldAtOnceOnceADayAndTheRestIsSummedUp() throws Exception {
    accepted(NOON, HOME);
    assertThat(refused(NOON.plusSeconds(1), HOME)).hasSize(1);
    assertThat(refused(NOON.plusSeconds(2), HOME)).isEmpty();

    List<Alert> digest = passTo(NEXT_MORNING);

    assertThat(digest).singleElement().matches(alert -> alert.messages() == 1);
    Instant aDayLater = NOON.plusSeconds(1).plus(Duration.ofDays(1));
    passTo(aDayLater);
    assertThat(refused(aDayLater.minusMillis(1), HOME)).isEmpty();
    assertThat(refused(aDayLater, HOME)).hasSize(1);
  }

  @Test
  void aPasswordInManyHandsMakesNoMoreThanTwentyMailsADay() throws Exception {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      alerts.addAll(
          hear(attempt(NOON.plusSeconds(i), "192.0.2." + i, RefusedBecause.NETWORK, true)));
    }

    assertThat(alerts).hasSize(2 * AccessFunction.MOST_AT_ONCE);
    assertThat(passTo(NEXT_MORNING)).singleElement().matches(alert -> alert.messages() == 10);
  }

  @Test
  void allOthersAreSummedUpAtSevenInTheMorning() throws Exception {
    for (int i = 0; i < 7; i++) {
      assertThat(refused(NOON.plusSeconds(i), "198.51.100." + i % 3)).isEmpty();
    }
    hear(attempt(NOON.plusSeconds(7), "198.51.100.9", RefusedBecause.NETWORK, false));

    assertThat(passTo(NEXT_MORNING.minusMillis(1))).isEmpty();
    List<Alert> digest = passTo(NEXT_MORNING);

    assertThat(digest).hasSize(1);
    Alert alert = digest.get(0);
    assertThat(alert.type()).isEqualTo(AlertType.ACCESS_DIGEST);
    assertThat(alert.audience()).isEqualTo(AlertAudience.CUSTOMER);
    assertThat(alert.messages()).isEqualTo(8);
    assertThat(alert.since()).isEqualTo(NOON);
    assertThat(alert.until()).isEqualTo(NOON.plusSeconds(7));
    assertThat(alert.refusedCalls())
        .extracting(AccessAttempt::attemptId)
        .containsExactly("t-7", "t-6", "t-5", "t-4", "t-3");
    assertThat(alert.findings().get(0).text().en())
        .isEqualTo(
            "Refused calls: 8, from 4 different addresses (7 with a wrong password, 1 from a"
                + " network that is not allowed, 0 because neither network nor password is set"
                + " up).");
    assertThat(passTo(NEXT_MORNING.plus(Duration.ofDays(2)))).as("nothing new").isEmpty();
  }

  @Test
  void theMorningKeepsItsHourWhenTheClocksChange() {
    Instant saturdayEvening = Instant.parse("2026-03-28T20:00:00Z");
    Instant sundayMorning = Instant.parse("2026-03-29T05:00:00Z");
    assertThat(hour(saturdayEvening, 7)).isEqualTo(sundayMorning);
    assertThat(hour(sundayMorning, 7)).isEqualTo(Instant.parse("2026-03-30T05:00:00Z"));
    assertThat(hour(Instant.parse("2026-10-24T20:00:00Z"), 7))
        .isEqualTo(Instant.parse("2026-10-25T06:00:00Z"));
    assertThat(hour(saturdayEvening, 2)).as("skipped").isEqualTo("2026-03-29T01:00:00Z");
    assertThat(hour(Instant.parse("2026-10-25T00:00:00Z"), 2))
        .as("the second of two is no hour of its own")
        .isEqualTo("2026-10-26T01:00:00Z");
  }

  private static Instant hour(Instant now, int hour) {
    return Instant.ofEpochMilli(DailyHour.after(now.toEpochMilli(), hour, Told.OSLO));
  }

  @Test
  void callsThatNameNoCustomerLeaveNothing() throws Exception {
    assertThat(hear(attempt(NOON, HOME, RefusedBecause.UNKNOWN_CUSTOMER, false))).isEmpty();
    assertThat(seat.stateEntries()).isZero();
    assertThat(seat.timers()).isZero();
  }

  @Test
  void callsFromAnAddressThatSweepsAreInNoMailAndNoDigest() throws Exception {
    accepted(NOON, HOME);
    Attempt swept = attempt(NOON, HOME, RefusedBecause.PASSWORD, false);
    swept.swept = true;

    assertThat(hear(swept)).isEmpty();
    assertThat(passTo(NEXT_MORNING)).isEmpty();
  }

  @Test
  void aRightPasswordFromAnAddressThatSweepsIsToldToStaff() throws Exception {
    Attempt swept = attempt(NOON, ELSEWHERE, RefusedBecause.NETWORK, true);
    swept.swept = true;

    assertThat(hear(swept)).extracting(Alert::audience).containsExactly(AlertAudience.STAFF);
  }

  @Test
  void whatIsRememberedAndToBeToldSurvivesARestart() throws Exception {
    accepted(NOON, HOME);
    refused(NOON, ELSEWHERE);
    Instant afterTheHour = NEXT_MORNING.plus(Duration.ofHours(3));

    try (Seat<Attempt, Outgoing> again = Seat.access(Told.options(), seat.snapshot())) {
      again.at(afterTheHour);
      assertThat(Told.alerts(again.taken()))
          .extracting(Alert::type)
          .containsExactly(AlertType.ACCESS_DIGEST);
      Attempt refused = attempt(afterTheHour, HOME, RefusedBecause.PASSWORD, false);
      assertThat(Told.alerts(again.hear(refused)))
          .extracting(Alert::type)
          .containsExactly(AlertType.ACCESS_REFUSED);
    }
  }

  @Test
  void ofTooManyAddressesTheOldestAreForgotten() throws Exception {
    for (int i = 0; i <= AccessFunction.MOST_ADDRESSES; i++) {
      Attempt accepted = attempt(NOON.plusMillis(i), HOME, null, true);
      accepted.originHash = "h1:1:" + i;
      seat.hear(accepted);
    }
    assertThat(seat.stateEntries()).isLessThanOrEqualTo(AccessFunction.MOST_ADDRESSES + 2);
    Attempt oldest = attempt(NOON.plusSeconds(60), HOME, RefusedBecause.PASSWORD, false);
    oldest.originHash = "h1:1:0";
    assertThat(hear(oldest)).isEmpty();
    Attempt newest = attempt(NOON.plusSeconds(60), HOME, RefusedBecause.PASSWORD, false);
    newest.originHash = "h1:1:" + AccessFunction.MOST_ADDRESSES;
    assertThat(hear(newest)).hasSize(1);
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    accepted(NOON, HOME);
    refused(NOON, HOME);
    refused(NOON, ELSEWHERE);

    passTo(NOON.plus(Duration.ofDays(33)));

    assertThat(seat.stateEntries()).isZero();
    assertThat(seat.timers()).isZero();
  }
}
