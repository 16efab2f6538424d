package no.front.vakt.controlapi.publishing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose versions the log did not take, and when each may be tried again: after half a second, then
 * twice as long each time. One thread changes it, any may ask.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);

  /**
   * Longest time between two tries, and so the most burnt versions: two a minute for each customer.
   */
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** From here on twice as long is longer than the longest. */
  private static final int MOST_DOUBLINGS = 6;

  private final Map<String, Wait> waits = new ConcurrentHashMap<>();

  private record Wait(int failures, Instant until, SendFailure failure) {}

  /** Once more a customer's version did not land. */
  void failed(String customerId, SendFailure failure, Instant now) {
    waits.compute(
        customerId,
        (id, before) -> {
          int failures = before == null ? 0 : before.failures;
          Duration twice = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
          Duration wait = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
          return new Wait(failures + 1, now.plus(wait), failure);
        });
  }

  /**
   * A customer's version landed. So may now those the whole log had refused; what would cost a
   * version waits on.
   */
  void landed(String customerId) {
    settled(customerId);
    waits.replaceAll(
        (id, wait) ->
            wait.failure == SendFailure.LOG_REFUSED
                ? new Wait(wait.failures, Instant.MIN, wait.failure)
                : wait);
  }

  /** Nothing of this customer's failed any more. */
  void settled(String customerId) {
    waits.remove(customerId);
  }

  /** Only these still wait. */
  void retain(Collection<String> customers) {
    waits.keySet().retainAll(customers);
  }

  /** Whether a customer may be tried; also when the clock was set back. */
  boolean isDue(String customerId, Instant now) {
    Wait wait = waits.get(customerId);
    return wait == null || !wait.until.isAfter(now) || wait.until.isAfter(now.plus(LONGEST));
  }

  /** Whether the log took everything it was last given. */
  boolean isEmpty() {
    return waits.isEmpty();
  }
}
