package no.front.vakt.controlapi.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastArrivalsTest {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final LastArrivals arrivals = new LastArrivals(LONGEST, nanos::get);

  private static Outbox.Row sending(long version, Instant since) {
    return new Outbox.Row("klubben", version, true, since);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"})
  void waitsTheWholeTimeWhateverClockTheSenderHad(Instant since) {
    List<Outbox.Row> rows = List.of(sending(1, since));

    assertThat(arrivals.areOver(rows)).isFalse();
    nanos.addAndGet(LONGEST.toNanos() - 1);
    assertThat(arrivals.areOver(rows)).isFalse();
    nanos.addAndGet(1);
    assertThat(arrivals.areOver(rows)).isTrue();
  }

  @Test
  void waitsAnewForWhatIsSentAnew() {
    arrivals.areOver(List.of(sending(1, NOON)));
    nanos.addAndGet(LONGEST.toNanos());

    assertThat(arrivals.areOver(List.of(sending(1, NOON.plusSeconds(1))))).isFalse();
    assertThat(arrivals.areOver(List.of(sending(2, NOON)))).isFalse();
  }

  @Test
  void waitsForNothingThatIsNotBeingSent() {
    assertThat(arrivals.areOver(List.of())).isTrue();
    assertThat(arrivals.areOver(List.of(new Outbox.Row("klubben", 1, false, null)))).isTrue();
  }
}
