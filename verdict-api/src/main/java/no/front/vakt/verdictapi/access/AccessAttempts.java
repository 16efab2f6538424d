package no.front.vakt.verdictapi.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.UUID;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.verdictapi.clock.DoorClock;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was tried at the customer API, sealed, and not more than somebody can use: of one
 * source thirty refusals at once and thirty a minute, of all that claim to be nobody two hundred a
 * second, and an accepted call once per customer and source in twelve hours. A right password from
 * a wrong network is told past those limits, once per customer and source in an hour: it is the one
 * that tells of a theft. Thread-safe.
 */
final class AccessAttempts {
  private static final int PER_SOURCE = 30;
  private static final int UNKNOWN_PER_SECOND = 200;
  private static final int MOST_SOURCES = 100_000;
  private static final Duration ACCEPTED_AGAIN = Duration.ofHours(12);
  private static final Duration STOLEN_AGAIN = Duration.ofHours(1);

  private final AttemptLog log;
  private final Sealing sealing;
  private final KeyedHash hashing;
  private final DoorClock clock;
  private final LoadingCache<String, Bucket> bySource;
  private final Bucket unknown;
  private final Cache<String, Boolean> accepted;
  private final Cache<String, Boolean> stolen;

  AccessAttempts(AttemptLog log, KeyRing keys, DoorClock clock) {
    this(log, keys, clock, TimeMeter.SYSTEM_NANOTIME);
  }

  /** By another clock; for tests. */
  AccessAttempts(AttemptLog log, KeyRing keys, DoorClock clock, TimeMeter time) {
    this.log = log;
    this.sealing = keys.sealing();
    this.hashing = keys.hashing();
    this.clock = clock;
    bySource =
        Caffeine.newBuilder()
            .maximumSize(MOST_SOURCES)
            .expireAfterAccess(Duration.ofMinutes(2))
            .ticker(time::currentTimeNanos)
            .build(source -> bucket(PER_SOURCE, Duration.ofMinutes(1), time));
    unknown = bucket(UNKNOWN_PER_SECOND, Duration.ofSeconds(1), time);
    accepted = once(ACCEPTED_AGAIN, time);
    stolen = once(STOLEN_AGAIN, time);
  }

  private static Cache<String, Boolean> once(Duration in, TimeMeter time) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_SOURCES)
        .expireAfterWrite(in)
        .ticker(time::currentTimeNanos)
        .build();
  }

  static Bucket bucket(int tokens, Duration refill, TimeMeter time) {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, refill))
        .build();
  }

  void accepted(String customerId, IpAddress source) {
    if (isFirst(accepted, customerId, source)) {
      tell(customerId, source, null, false);
    }
  }

  /** Of a customer that exists: its id is bounded. */
  private static boolean isFirst(Cache<String, Boolean> told, String customerId, IpAddress source) {
    String pair = customerId + '\0' + source.subscriberBlock();
    return told.asMap().putIfAbsent(pair, true) == null;
  }

  void refused(String customerId, IpAddress source, RefusedBecause why, boolean passwordWasRight) {
    if (passwordWasRight && isFirst(stolen, customerId, source)) {
      tell(customerId, source, why, true);
      return;
    }
    boolean isTold = bySource.get(source.subscriberBlock()).tryConsume(1);
    if (isTold && (why != RefusedBecause.UNKNOWN_CUSTOMER || unknown.tryConsume(1))) {
      tell(customerId, source, why, passwordWasRight);
    }
  }

  private void tell(
      String claimed, IpAddress source, @Nullable RefusedBecause why, boolean passwordWasRight) {
    String attemptId = UUID.randomUUID().toString();
    String customerId = printable(claimed);
    log.append(
        new AccessAttempt(
            attemptId,
            customerId,
            clock.stamp(),
            sealing.seal(
                source.literal(),
                SealedField.ORIGIN_IP,
                new MessageIdentity(customerId, attemptId)),
            hashing.of("origin", source.subscriberBlock()),
            why,
            passwordWasRight));
  }

  /** What somebody claims to be, fit to be a key: no control or half character, and not long. */
  static String printable(String claimed) {
    StringBuilder out = new StringBuilder();
    claimed
        .codePoints()
        .limit(Submission.MAX_ID_LENGTH)
        .map(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF ? '?' : c)
        .forEach(out::appendCodePoint);
    int end = Math.min(out.length(), Submission.MAX_ID_LENGTH);
    return out.substring(
        0, end > 0 && Character.isHighSurrogate(out.charAt(end - 1)) ? end - 1 : end);
  }
}
