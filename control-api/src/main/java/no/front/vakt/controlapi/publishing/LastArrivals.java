package no.front.vakt.controlapi.publishing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells when nothing can arrive any more of what a publisher, perhaps on another machine, was
 * sending. Counts from when a version was first seen here, on a clock that nobody sets: what
 * another clock wrote down may be ahead of ours or behind it. One thread.
 */
final class LastArrivals {
  private final Duration longest;
  private final LongSupplier nanos;
  private Map<Outbox.Row, Long> firstSeen = Map.of();

  /** Counts so long for each version, on a clock of nanoseconds. */
  LastArrivals(Duration longest, LongSupplier nanos) {
    this.longest = longest;
    this.nanos = nanos;
  }

  /** Whether the last of the versions that are being sent was seen long enough ago. */
  boolean areOver(List<Outbox.Row> rows) {
    long now = nanos.getAsLong();
    Map<Outbox.Row, Long> seen = new HashMap<>();
    boolean over = true;
    for (Outbox.Row row : rows) {
      if (row.isSending()) {
        long since = firstSeen.getOrDefault(row, now);
        seen.put(row, since);
        over &= now - since >= longest.toNanos();
      }
    }
    firstSeen = seen;
    return over;
  }
}
