package no.front.vakt.detection.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one policy says of how long messages are held. A Flink POJO. */
public final class HeldFor {
  /** The policy's version. */
  public long version;

  /** Since when it holds. */
  public @Nullable Instant effectiveFrom;

  /** Seconds a message is held from then on; 0: it does not say. */
  public int seconds;

  /** Seconds a message is held before then: what the version before it said; 0: nothing. */
  public int secondsBefore;

  /** For Flink. */
  public HeldFor() {}

  int secondsAt(Instant at) {
    return effectiveFrom != null && at.isBefore(effectiveFrom) ? secondsBefore : seconds;
  }

  /** Takes over what holds until this one does. */
  void follow(@Nullable HeldFor earlier) {
    if (earlier != null) {
      secondsBefore =
          effectiveFrom == null ? earlier.seconds : earlier.secondsAt(effectiveFrom.minusMillis(1));
    }
  }
}
