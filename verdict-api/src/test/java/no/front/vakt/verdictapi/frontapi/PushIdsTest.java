package no.front.vakt.verdictapi.frontapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.verdictapi.frontapi.PushIds.PushId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushIdsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final PushMessage MESSAGE =
      new PushMessage("Klubben", "+4799999901", "Hei", false, "");

  private final KeyedHash hashing = KeyRing.generate().hashing();
  private final Map<String, Instant> judged = new HashMap<>();
  private PushIds ids = opened();

  private PushIds opened() {
    return new PushIds(
        hashing, (MessageIdentity id) -> Optional.ofNullable(judged.get(id.messageId())));
  }

  private PushId at(Instant now) {
    return ids.of("4711", MESSAGE, now, Duration.between(NOON, now).toNanos());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 30_000, 59_999})
  void isTheSameWithinAMinuteAndAnotherExactlyThen(long intoTheMinute) {
    Instant first = NOON.plusMillis(intoTheMinute);
    PushId id = at(first);

    assertThat(at(first.plusMillis(59_999))).isEqualTo(id);
    assertThat(at(first.plusMillis(60_000))).isNotEqualTo(id);
  }

  @Test
  void countsTheMinuteFromTheFirstAndNotFromTheRetry() {
    PushId id = at(NOON);
    at(NOON.plusSeconds(59));

    assertThat(at(NOON.plusSeconds(61))).isNotEqualTo(id);
  }

  @Test
  void isTheSameAfterARestartWithinTheMinuteOfTheClock() {
    PushId id = at(NOON);
    ids = opened();

    assertThat(at(NOON.plusMillis(59_999))).isEqualTo(id);
  }

  @Test
  void isTheSameAfterARestartAcrossTheEdgeWhenTheFirstIsKnownToBeJudged() {
    Instant late = NOON.plusSeconds(50);
    PushId id = at(late);
    judged.put(id.messageId(), late);
    ids = opened();

    assertThat(at(late.plusMillis(59_999))).isEqualTo(id);
    ids = opened();
    assertThat(at(late.plusMillis(60_000))).isNotEqualTo(id);
  }

  private PushId at(Instant clock, Duration reallySince) {
    return ids.of("4711", MESSAGE, clock, reallySince.toNanos());
  }

  @Test
  void isAnotherAMinuteLaterHoweverTheClockWasSet() {
    Instant ahead = NOON.plus(Duration.ofHours(3));
    PushId id = at(ahead, Duration.ZERO);

    assertThat(at(NOON, Duration.ofMillis(59_999))).as("set back, a retry").isEqualTo(id);
    PushId second = at(NOON, Duration.ofSeconds(60));
    assertThat(second).isNotEqualTo(id);
    assertThat(at(ahead, Duration.ofMillis(119_999))).as("set ahead, a retry").isEqualTo(second);
    assertThat(at(ahead, Duration.ofSeconds(120))).isNotIn(id, second);
  }

  @Test
  void isNotUsedTwiceByAClockThatWasSetBackAMinute() {
    PushId id = at(NOON, Duration.ZERO);

    assertThat(at(NOON, Duration.ofSeconds(60))).isNotEqualTo(id);
  }

  @Test
  void isAnotherForEverythingThatDiffers() {
    PushId id = at(NOON);

    assertThat(ids.of("4712", MESSAGE, NOON, 0)).isNotEqualTo(id);
    assertThat(ids.of("4711", new PushMessage("Klubben", "+4799999901", "Hei", true, ""), NOON, 0))
        .isNotEqualTo(id);
    assertThat(ids.of("4711", new PushMessage("Klubben", "+4799999902", "Hei", false, ""), NOON, 0))
        .isNotEqualTo(id);
    assertThat(id.number()).isPositive();
    assertThat(id.messageId()).startsWith("push-" + id.number() + "-").hasSizeLessThan(64);
  }
}
