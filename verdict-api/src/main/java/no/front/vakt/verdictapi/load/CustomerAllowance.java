package no.front.vakt.verdictapi.load;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each customer: what one sends too fast is refused before it costs the others
 * anything. A bucket nobody touched while it filled up is forgotten; at most 100,000 are kept.
 * Thread-safe.
 */
public final class CustomerAllowance {
  private static final int MOST_CUSTOMERS = 100_000;

  private final LoadingCache<String, Bucket> buckets;

  /** Takes rate and burst from the settings. */
  public CustomerAllowance(LoadSettings settings) {
    this(settings, TimeMeter.SYSTEM_NANOTIME);
  }

  /** By another clock; for tests. */
  CustomerAllowance(LoadSettings settings, TimeMeter time) {
    long fillSeconds = 1L + settings.customerBurst() / settings.customerPerSecond();
    buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_CUSTOMERS)
            .expireAfterAccess(Duration.ofSeconds(fillSeconds))
            .ticker(time::currentTimeNanos)
            .build(customer -> bucket(settings, time));
  }

  private static Bucket bucket(LoadSettings settings, TimeMeter time) {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(
            limit ->
                limit
                    .capacity(settings.customerBurst())
                    .refillGreedy(settings.customerPerSecond(), Duration.ofSeconds(1)))
        .build();
  }

  /**
   * Takes one message off a customer's allowance.
   *
   * @return 0 when it may be sent, else the seconds to wait, at least 1
   */
  public int secondsToWait(String customerId) {
    ConsumptionProbe probe = buckets.get(customerId).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? 0
        : 1 + (int) TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill());
  }
}
