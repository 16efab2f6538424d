package no.front.vakt.controlapi.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final Backoff backoff = new Backoff();

  private Duration wait(String customerId, Instant since) {
    for (long millis = 0; ; millis += 500) {
      if (backoff.isDue(customerId, since.plusMillis(millis))) {
        return Duration.ofMillis(millis);
      }
    }
  }

  @Test
  void waitsTwiceAsLongEachTimeAndHalfAMinuteAtMost() {
    for (double seconds : new double[] {0.5, 1, 2, 4, 8, 16, 30, 30, 30}) {
      backoff.failed("one", SendFailure.UNKNOWN, NOON);
      assertThat(wait("one", NOON)).isEqualTo(Duration.ofMillis((long) (seconds * 1_000)));
    }
  }

  @Test
  void letsOthersGoAtOnceAndStartsOverOnceALandingIsKnown() {
    backoff.failed("one", SendFailure.UNKNOWN, NOON);
    backoff.failed("one", SendFailure.UNKNOWN, NOON);

    assertThat(backoff.isDue("other", NOON)).isTrue();
    backoff.landed("one");
    assertThat(backoff.isEmpty()).isTrue();
    backoff.failed("one", SendFailure.UNKNOWN, NOON);
    assertThat(wait("one", NOON)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void triesWhatTheLogRefusedAsSoonAsItTakesAnythingButNotWhatCostsAVersion() {
    backoff.failed("refused", SendFailure.LOG_REFUSED, NOON);
    backoff.failed("large", SendFailure.RECORD_REFUSED, NOON);
    backoff.failed("unknown", SendFailure.UNKNOWN, NOON);

    backoff.landed("other");

    assertThat(backoff.isDue("refused", NOON)).isTrue();
    assertThat(backoff.isDue("large", NOON)).isFalse();
    assertThat(backoff.isDue("unknown", NOON)).isFalse();
  }

  @Test
  void forgetsWhoNoLongerWaits() {
    backoff.failed("one", SendFailure.UNKNOWN, NOON);
    backoff.failed("two", SendFailure.UNKNOWN, NOON);

    backoff.retain(List.of("two"));

    assertThat(backoff.isDue("one", NOON)).isTrue();
    assertThat(backoff.isDue("two", NOON)).isFalse();
  }

  @Test
  void doesNotWaitForAClockThatWasSetBack() {
    backoff.failed("one", SendFailure.UNKNOWN, NOON);

    assertThat(backoff.isDue("one", NOON.minus(Duration.ofDays(1)))).isTrue();
  }
}
