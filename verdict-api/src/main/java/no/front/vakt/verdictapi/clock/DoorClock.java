package no.front.vakt.verdictapi.clock;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The door's stamp: milliseconds that never run backwards within one process, whatever is done to
 * the machine's clock. Thread-safe.
 */
public final class DoorClock {
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  /** Stamps by a clock. */
  public DoorClock(Clock clock) {
    this.clock = clock;
  }

  /**
   * Now by the machine's clock, wherever that was set; for what must not stand still with a stamp.
   */
  public Instant now() {
    return clock.instant();
  }

  /** Now, or the latest instant that was ever told, whichever is later. */
  public Instant stamp() {
    return Instant.ofEpochMilli(last.accumulateAndGet(clock.millis(), Math::max));
  }
}
