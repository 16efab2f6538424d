package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.alerts.BurstSeat.news;
import static no.front.vakt.detection.scoring.Traffic.NOON;
import static no.front.vakt.detection.scoring.Traffic.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertChoice;
import no.front.vakt.contract.AlertType;
import no.front.vakt.detection.job.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurstFunctionTest {
  private static final Instant A_WINDOW_LATER = NOON.plus(Duration.ofMinutes(5));

  private BurstSeat seat;

  @BeforeEach
  void start() throws Exception {
    seat = new BurstSeat(Told.options(), null).at(NOON);
  }

  @AfterEach
  void stop() {
    seat.close();
  }

  private static List<Alert> toCustomers(List<Alert> alerts) {
    return alerts.stream().filter(a -> a.audience() == AlertAudience.CUSTOMER).toList();
  }

  /** Opens a burst; gives what staff were told. */
  private Alert burst() throws Exception {
    seat.firsts(1, 50);
    List<Alert> told = seat.first("club-51");
    assertThat(told).hasSize(1);
    return told.get(0);
  }

  @Test
  void exactlyFiftyFirstAlertsAllGoToBoth() throws Exception {
    List<Alert> alerts = seat.firsts(1, 50);

    assertThat(alerts).hasSize(100).extracting(Alert::type).containsOnly(AlertType.FIRST);
    assertThat(toCustomers(alerts)).hasSize(50);
  }

  @Test
  void theFiftyFirstWaitsAndStaffGetOneAlertForAll() throws Exception {
    Alert told = burst();

    assertThat(told.type()).isEqualTo(AlertType.MANY_CUSTOMERS);
    assertThat(told.audience()).isEqualTo(AlertAudience.STAFF);
    assertThat(told.customerId()).isNull();
    assertThat(told.customerCount()).isEqualTo(51);
    assertThat(told.customers()).hasSize(Alert.MAX_CUSTOMERS).startsWith("club-51");
    assertThat(told.messages()).isEqualTo(51);
    assertThat(told.held()).isEqualTo(51);
    assertThat(told.findings().get(0).text().en())
        .startsWith("51 first alerts in a short time. 1 wait ");
    assertThat(seat.firsts(52, 60)).isEmpty();
  }

  @Test
  void firstsExactlyAWindowApartAreNotInOneWindow() throws Exception {
    seat.first("club-1");
    seat.at(NOON.plusMillis(1));
    seat.firsts(2, 50);
    seat.at(A_WINDOW_LATER);

    assertThat(toCustomers(seat.first("club-51"))).hasSize(1);
    assertThat(toCustomers(seat.first("club-52"))).isEmpty();
  }

  @Test
  void anEpisodeToldTwiceAfterACrashCountsOnce() throws Exception {
    seat.firsts(1, 50);

    assertThat(seat.first("club-7")).as("goes out again with the same id").hasSize(2);
    assertThat(toCustomers(seat.first("club-51"))).isEmpty();
  }

  @Test
  void digestsOfWhoeverWasToldGoOnAndThoseOfWhoeverWaitsWait() throws Exception {
    burst();

    assertThat(seat.hear(news("club-1", AlertType.DIGEST, 1))).hasSize(2);
    assertThat(seat.hear(news("club-51", AlertType.DIGEST, 1))).isEmpty();
  }

  @Test
  void releasedMailsGoWithTheNewestWordInTheOrderTheyCame() throws Exception {
    Alert told = burst();
    seat.firsts(52, 53);
    seat.hear(news("club-51", AlertType.DIGEST, 1));
    seat.hear(news("club-51", AlertType.DIGEST, 2));

    List<Alert> released = seat.decide(told.reference(), AlertChoice.RELEASE);

    assertThat(released).extracting(Alert::audience).containsOnly(AlertAudience.CUSTOMER);
    assertThat(released)
        .extracting(Alert::customerId)
        .containsExactly("club-51", "club-51", "club-52", "club-53");
    assertThat(released)
        .extracting(Alert::messages)
        .as("the newest digest holds the sums of all before")
        .containsExactly(1L, 3L, 1L, 1L);
    assertThat(seat.hear(news("club-51", AlertType.DIGEST, 3))).hasSize(2);
    assertThat(seat.decide(told.reference(), AlertChoice.RELEASE)).as("again").isEmpty();
  }

  @Test
  void afterTheReleaseTheRestOfTheBurstGoesToItsCustomersAtOnce() throws Exception {
    Alert told = burst();
    seat.decide(told.reference().toLowerCase(java.util.Locale.ROOT), AlertChoice.RELEASE);

    assertThat(seat.first("club-52"))
        .extracting(Alert::audience)
        .containsExactly(AlertAudience.CUSTOMER);
  }

  @Test
  void discardedMailsNeverGoAndNeitherDoesWhatFollowsOfTheirEpisodes() throws Exception {
    Alert told = burst();

    assertThat(seat.decide(told.reference(), AlertChoice.DISCARD)).isEmpty();
    assertThat(seat.first("club-52")).as("the decision holds for the burst").isEmpty();
    assertThat(seat.hear(news("club-51", AlertType.DIGEST, 1))).isEmpty();
    assertThat(seat.hear(news("club-51", AlertType.ALL_CLEAR, 1))).isEmpty();
    assertThat(seat.hear(news("club-51", AlertType.DIGEST, 2))).as("a new episode").hasSize(2);
  }

  @Test
  void staffHearOfMoreAtMostEachIntervalUnderTheSameReference() throws Exception {
    Alert told = burst();
    Instant tenMinutesLater = NOON.plus(Duration.ofMinutes(10));
    Instant anIntervalLater = NOON.plus(Told.INTERVAL);
    seat.firsts(52, 60);

    assertThat(seat.passTo(anIntervalLater.minusMillis(1))).isEmpty();
    assertThat(tenMinutesLater).isBefore(anIntervalLater);
    List<Alert> update = seat.passTo(anIntervalLater);

    assertThat(update).singleElement().matches(a -> a.customerCount() == 60);
    assertThat(update.get(0).reference()).isEqualTo(told.reference());
    assertThat(update.get(0).alertId()).isNotEqualTo(told.alertId());
    assertThat(seat.passTo(anIntervalLater.plus(Duration.ofHours(2)))).isEmpty();
    assertThat(seat.decide(told.reference(), AlertChoice.RELEASE)).hasSize(10);
  }

  @Test
  void afterAQuietWindowFirstAlertsGoAgainAndWhatWaitsKeepsWaiting() throws Exception {
    Alert told = burst();

    seat.passTo(A_WINDOW_LATER.minusMillis(1));
    assertThat(toCustomers(seat.first("club-52"))).isEmpty();
    seat.passTo(A_WINDOW_LATER);
    assertThat(toCustomers(seat.first("club-53"))).hasSize(1);
    assertThat(seat.decide(told.reference(), AlertChoice.RELEASE)).hasSize(2);
  }

  @Test
  void whatHasWaitedADayIsDiscardedAndStaffAreTold() throws Exception {
    Alert told = burst();
    Instant aDayLater = NOON.plus(Duration.ofDays(1));

    assertThat(seat.passTo(aDayLater.minusMillis(1))).isEmpty();
    assertThat(seat.passTo(aDayLater))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.type()).isEqualTo(AlertType.MANY_CUSTOMERS);
              assertThat(alert.reference()).isEqualTo(told.reference());
              assertThat(alert.customers()).containsExactly("club-51");
              assertThat(alert.findings().get(0).text().en()).contains("they are discarded");
            });
    assertThat(seat.decide(told.reference(), AlertChoice.RELEASE)).isEmpty();
    assertThat(seat.hear(news("club-51", AlertType.DIGEST, 1))).isEmpty();
  }

  @Test
  void beyondTheBoundMailsAreDroppedAndStaffAreToldHowMany() throws Exception {
    try (BurstSeat small = new BurstSeat(Told.options(3, 2), null).at(NOON)) {
      small.firsts(1, 3);
      Alert told = small.first("club-4").get(0);
      small.firsts(5, 8);

      List<Alert> update = small.passTo(NOON.plus(Told.INTERVAL));

      assertThat(update.get(0).findings().get(0).text().en())
          .contains("2 wait ")
          .contains("3 found no room");
      assertThat(small.decide(told.reference(), AlertChoice.RELEASE)).hasSize(2);
    }
  }

  @Test
  void aBurstSurvivesARestart() throws Exception {
    Alert told = burst();
    seat.first("club-52");

    try (BurstSeat again = new BurstSeat(Told.options(), seat.snapshot()).at(NOON)) {
      assertThat(again.first("club-52")).as("read again").isEmpty();
      assertThat(again.first("club-53")).isEmpty();
      assertThat(again.decide(told.reference(), AlertChoice.RELEASE))
          .extracting(Alert::customerId)
          .containsExactly("club-51", "club-52", "club-53");
    }
  }

  @Test
  void aDecisionReadAgainBeforeItsBurstHoldsForIt() throws Exception {
    Alert told = burst();

    try (BurstSeat again = new BurstSeat(Told.options(), null).at(NOON)) {
      assertThat(again.decide(told.reference(), AlertChoice.RELEASE)).isEmpty();
      again.firsts(1, 50);
      assertThat(toCustomers(again.first("club-51"))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        "null",
        "{}",
        "{\"reference\":\"4F1C0A7E\"}",
        "{\"reference\":\"4F1\",\"decision\":\"release\"}",
        "{\"reference\":\"4F1C0A7E\",\"decision\":\"perhaps\"}"
      })
  void aDecisionThatCannotBeReadIsDeadLetteredAndTheNextOneHolds(String value) throws Exception {
    Alert told = burst();

    List<Outgoing> out = seat.decide(bytes(value));

    assertThat(Told.deadLetters(out))
        .singleElement()
        .matches(letter -> letter.topic().equals("vakt.alert-decisions"));
    assertThat(seat.decide(told.reference(), AlertChoice.RELEASE)).hasSize(1);
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    burst();
    seat.hear(news("club-51", AlertType.DIGEST, 1));
    seat.decide("00000000", AlertChoice.DISCARD);

    seat.passTo(NOON.plus(Duration.ofDays(4)));

    assertThat(seat.stateEntries()).isZero();
    assertThat(seat.timers()).isZero();
  }
}
