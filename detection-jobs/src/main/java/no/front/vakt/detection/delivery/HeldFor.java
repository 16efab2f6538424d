package no.front.vakt.detection.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one policy says of how long messages are held. A Flink POJO. */
public final class HeldFor {
  /** The policy's version. */
  public long version;

  /** Since when it holds. */
  public @Nullable Instant effectiveFrom;

  /** Seconds a message is held; 0: it does not say. */
  public int seconds;

  /** For Flink. */
  public HeldFor() {}
}
