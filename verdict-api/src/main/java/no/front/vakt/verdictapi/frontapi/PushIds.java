package no.front.vakt.verdictapi.frontapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageIdentity;

/**
 * The ids of messages whose callers give them none. The same message of the same customer within a
 * minute of the first is that message again and gets its id; exactly a minute later it is another.
 *
 * <p>An id is a keyed hash of customer, fields and the minute it came in, so that a door that was
 * restarted, or another door, gives the same one within that minute. Across the edge of two minutes
 * this door remembers; after a restart it asks whether the id of the minute before is known to have
 * been judged within a minute. At most 200,000 are remembered. Thread-safe.
 *
 * <p>How long ago the first came is measured by a clock that nobody sets; the machine's clock only
 * names the minute. So one that jumps ahead or back neither makes a new message a retry for hours
 * nor gives it an id that was used.
 */
final class PushIds {
  /** How long the same message is a retry; the API's own figure. */
  static final Duration RETRY = Duration.ofSeconds(60);

  private static final int MOST_REMEMBERED = 200_000;

  /**
   * The id of a message.
   *
   * @param number what the customer is told, 1 to 2^31 - 1
   * @param messageId what it is known by everywhere else; {@code push-}, the number, a hash
   */
  record PushId(int number, String messageId) {}

  private record First(PushId id, long minute, long nanos) {}

  private final KeyedHash hashing;
  private final Function<MessageIdentity, Optional<Instant>> judgedAt;
  private final Cache<String, First> recent =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(RETRY.multipliedBy(2))
          .build();

  /**
   * Remembers nothing yet.
   *
   * @param judgedAt when a message was judged, if that is known
   */
  PushIds(KeyedHash hashing, Function<MessageIdentity, Optional<Instant>> judgedAt) {
    this.hashing = hashing;
    this.judgedAt = judgedAt;
  }

  /**
   * The id of a message that comes now.
   *
   * @param now by the machine's clock
   * @param nanos by a clock that counts nanoseconds and is never set
   */
  PushId of(String customerId, PushMessage message, Instant now, long nanos) {
    String fields = hashing.of("push-fields", customerId + '\0' + message.fingerprint());
    First first =
        recent
            .asMap()
            .compute(
                fields,
                (key, known) ->
                    known == null
                        ? unremembered(customerId, key, now, nanos)
                        : nanos - known.nanos < RETRY.toNanos()
                            ? known
                            : first(key, Math.max(minute(now), known.minute + 1), nanos));
    return first.id;
  }

  private First unremembered(String customerId, String fields, Instant now, long nanos) {
    long before = minute(now) - 1;
    PushId id = id(fields, before);
    return judgedAt
        .apply(new MessageIdentity(customerId, id.messageId))
        .map(at -> Duration.between(at, now))
        .filter(age -> age.compareTo(RETRY) < 0)
        .map(age -> new First(id, before, nanos - age.toNanos()))
        .orElseGet(() -> first(fields, minute(now), nanos));
  }

  private First first(String fields, long minute, long nanos) {
    return new First(id(fields, minute), minute, nanos);
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), RETRY.toMillis());
  }

  private PushId id(String fields, long minute) {
    String tagged = hashing.of("push-id", fields + '\0' + minute);
    String hash = tagged.substring(tagged.lastIndexOf(':') + 1);
    int bits = ByteBuffer.wrap(Base64.getUrlDecoder().decode(hash)).getInt() & Integer.MAX_VALUE;
    int number = Math.max(1, bits);
    return new PushId(number, "push-" + number + "-" + hash);
  }
}
