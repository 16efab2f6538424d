package no.front.vakt.verdictapi.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final MessageIdentity IDENTITY = new MessageIdentity("acme", "1");
  private static final byte[] VERDICT = {'{', '}'};

  private long nanos;
  private final Whereabouts whereabouts =
      new Whereabouts(new VerdictSettings(400, 10, 1, 1), () -> nanos);

  private void became(MessageState state) {
    became(state, Duration.ZERO);
  }

  private void became(MessageState state, Duration age) {
    whereabouts.became(new MessageOutcome("acme", "1", state, NOON, null), age);
  }

  @Test
  void knowsAHeldMessageWithItsVerdictForTwentyFiveHours() {
    whereabouts.held(IDENTITY, VERDICT);
    became(MessageState.PARKED);

    nanos += TimeUnit.HOURS.toNanos(25) - 1;
    assertThat(whereabouts.find(IDENTITY).orElseThrow().verdict()).isEqualTo(VERDICT);

    nanos += 1;
    assertThat(whereabouts.find(IDENTITY)).isEmpty();
  }

  @Test
  void knowsTheEndOfAHeldMessageForTwentyFiveHoursMore() {
    whereabouts.held(IDENTITY, VERDICT);
    became(MessageState.PARKED);
    nanos += TimeUnit.HOURS.toNanos(24);
    became(MessageState.EXPIRED);

    nanos += TimeUnit.HOURS.toNanos(25) - 1;

    Whereabouts.Whereabout known = whereabouts.find(IDENTITY).orElseThrow();
    assertThat(known.latest().state()).isEqualTo(MessageState.EXPIRED);
    assertThat(known.verdict()).isEqualTo(VERDICT);
  }

  @Test
  void knowsWhatWasSentAsLongAsItsVerdict() {
    became(MessageState.SENT);

    nanos += TimeUnit.MINUTES.toNanos(10) - 1;
    assertThat(whereabouts.find(IDENTITY)).isPresent();

    nanos += 1;
    assertThat(whereabouts.find(IDENTITY)).isEmpty();
  }

  @Test
  void takesWhatWasParkedAndItsEndFromAnyTimeAndOthersWhileTheyAreYoung() {
    became(MessageState.SENT, Duration.ofMinutes(10));
    assertThat(whereabouts.find(IDENTITY)).isEmpty();

    became(MessageState.PARKED, Duration.ofHours(24));
    became(MessageState.EXPIRED, Duration.ofHours(1));

    Whereabouts.Whereabout known = whereabouts.find(IDENTITY).orElseThrow();
    assertThat(known.latest().state()).isEqualTo(MessageState.EXPIRED);
    assertThat(known.verdict()).isNull();
  }

  @Test
  void takesTheVerdictAfterTheOutcome() {
    became(MessageState.PARKED);
    whereabouts.held(IDENTITY, VERDICT);

    Whereabouts.Whereabout known = whereabouts.find(IDENTITY).orElseThrow();
    assertThat(known.verdict()).isEqualTo(VERDICT);
    assertThat(known.latest().state()).isEqualTo(MessageState.PARKED);
  }
}
