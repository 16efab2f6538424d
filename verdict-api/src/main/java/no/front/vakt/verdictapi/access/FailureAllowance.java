package no.front.vakt.verdictapi.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.IpAddress;

/**
 * How many calls may fail before the next one is not looked at: so many a minute of each customer
 * and source, and twice as many of a source whatever customers it claims to be, or made-up ids
 * would be a way around. A password that was turned away may come again and is then checked out of
 * a small reserve, so that somebody who guesses beside a customer, at the same address, does not
 * keep the right password from being seen once; from then on it is remembered. Nothing here depends
 * on whether there is such a customer. Thread-safe.
 */
final class FailureAllowance {
  private static final int MOST_KEPT = 100_000;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Of all customers together, how much more than of one. */
  static final int SOURCE_TIMES = 2;

  /** Checks a minute of each source for passwords that were turned away: one in ten seconds. */
  static final int RESERVE = 6;

  private final LoadingCache<String, Bucket> byCaller;
  private final LoadingCache<String, Bucket> bySource;
  private final LoadingCache<String, Bucket> reserves;
  private final Cache<String, Boolean> turnedAway;

  FailureAllowance(AccessSettings settings, TimeMeter time) {
    byCaller = buckets(settings.failuresPerMinute(), time);
    bySource = buckets(SOURCE_TIMES * settings.failuresPerMinute(), time);
    reserves = buckets(RESERVE, time);
    turnedAway =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(A_MINUTE)
            .ticker(time::currentTimeNanos)
            .build();
  }

  private static LoadingCache<String, Bucket> buckets(int perMinute, TimeMeter time) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_KEPT)
        .expireAfterAccess(A_MINUTE.multipliedBy(2))
        .ticker(time::currentTimeNanos)
        .build(key -> AccessAttempts.bucket(perMinute, A_MINUTE, time));
  }

  /** Whether a call that shows no password, and so fails, is looked at. */
  boolean takeWithoutPassword(String caller) {
    return byCaller.get(caller).tryConsume(1);
  }

  /**
   * Takes one check of a password.
   *
   * @param caller stands for customer and source
   * @param question stands for customer and password
   * @return gives it back, for a check that did not fail or was not made; nothing: do not check
   */
  Optional<Runnable> take(String caller, IpAddress source, String question) {
    String block = source.subscriberBlock();
    Bucket callers = byCaller.get(caller);
    Bucket sources = bySource.get(block);
    if (callers.tryConsume(1)) {
      if (sources.tryConsume(1)) {
        return Optional.of(
            () -> {
              callers.addTokens(1);
              sources.addTokens(1);
            });
      }
      callers.addTokens(1);
    }
    Bucket reserve = reserves.get(block);
    if (turnedAway.getIfPresent(question) != null && reserve.tryConsume(1)) {
      return Optional.of(() -> reserve.addTokens(1));
    }
    turnedAway.put(question, true);
    return Optional.empty();
  }

  /** What is kept of callers that failed; for tests. */
  Set<String> callersKept() {
    return Set.copyOf(byCaller.asMap().keySet());
  }
}
