package no.front.vakt.verdictapi.verdicts;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The door's stamp: milliseconds that never run backwards within one process, whatever is done to
 * the machine's clock. Thread-safe.
 */
final class DoorClock {
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  DoorClock(Clock clock) {
    this.clock = clock;
  }

  Instant stamp() {
    return Instant.ofEpochMilli(last.accumulateAndGet(clock.millis(), Math::max));
  }
}
