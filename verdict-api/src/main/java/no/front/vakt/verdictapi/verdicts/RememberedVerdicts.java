package no.front.vakt.verdictapi.verdicts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import no.front.vakt.contract.MessageIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of the last ten minutes by identity, bounded by their weight. The first verdict of
 * an identity stays, whatever comes later. One read back from the log after a restart has no digest
 * of its content: it can be shown, but a repeat of it is the judge's to answer. Thread-safe.
 */
final class RememberedVerdicts {
  /** What an entry takes beside its verdict and ids: map node, key record, three strings. */
  private static final int ENTRY_BYTES = 320;

  /**
   * A remembered verdict.
   *
   * @param digest keyed digest of the content it is about; absent when the door never saw it
   * @param verdict JSON
   */
  record Remembered(@Nullable String digest, byte[] verdict) {}

  private final Cache<MessageIdentity, Remembered> verdicts;

  RememberedVerdicts(VerdictSettings settings) {
    verdicts =
        Caffeine.newBuilder()
            .expireAfterWrite(settings.memory())
            .maximumWeight(settings.memoryMegabytes() * 1024L * 1024L)
            .weigher(RememberedVerdicts::weight)
            .build();
  }

  private static int weight(MessageIdentity identity, Remembered remembered) {
    return ENTRY_BYTES
        + identity.customerId().length()
        + identity.messageId().length()
        + remembered.verdict.length;
  }

  /** Keeps a verdict unless there is an earlier one, which then learns the digest. */
  void remember(MessageIdentity identity, @Nullable String digest, byte[] verdict) {
    verdicts
        .asMap()
        .merge(
            identity,
            new Remembered(digest, verdict),
            (first, later) ->
                first.digest == null && later.digest != null
                    ? new Remembered(later.digest, first.verdict)
                    : first);
  }

  Optional<Remembered> find(MessageIdentity identity) {
    return Optional.ofNullable(verdicts.getIfPresent(identity));
  }
}
