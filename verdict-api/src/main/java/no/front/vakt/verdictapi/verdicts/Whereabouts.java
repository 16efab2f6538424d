package no.front.vakt.verdictapi.verdicts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * What became of messages after their verdict. Of most it is known as long as their verdict; of one
 * that was held for 25 hours, an hour more than a message waits unless a policy says otherwise,
 * together with its verdict, so that whoever asks gets its end too. The first end stays. Bounded by
 * number and weight: what does not fit is forgotten, held ones never for the sake of others.
 * Thread-safe.
 */
final class Whereabouts {
  /** The usual longest hold (24 h, design decision 12) and an hour to ask in. */
  static final Duration HELD = Duration.ofHours(25);

  private static final int MOST_OTHERS = 200_000;

  /** What an entry takes beside its verdict: map node, key record, strings, instant. */
  private static final int ENTRY_BYTES = 400;

  /**
   * What is known of one message.
   *
   * @param verdict JSON; absent when another door took it, or this one before it was restarted
   * @param latest what became of it; absent while it is only known to be held
   */
  record Whereabout(byte @Nullable [] verdict, @Nullable MessageOutcome latest) {}

  private final Duration memory;
  private final Cache<MessageIdentity, Whereabout> held;
  private final Cache<MessageIdentity, MessageOutcome> others;

  Whereabouts(VerdictSettings settings) {
    this(settings, Ticker.systemTicker());
  }

  /** By another clock; for tests. */
  Whereabouts(VerdictSettings settings, Ticker ticker) {
    memory = settings.memory();
    held =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(HELD)
            .maximumWeight(settings.heldMegabytes() * 1024L * 1024L)
            .weigher(Whereabouts::weight)
            .build();
    others =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(memory)
            .maximumSize(MOST_OTHERS)
            .build();
  }

  private static int weight(MessageIdentity identity, Whereabout known) {
    byte[] verdict = known.verdict;
    return ENTRY_BYTES
        + identity.customerId().length()
        + identity.messageId().length()
        + (verdict == null ? 0 : verdict.length);
  }

  /** A message was judged HOLD. */
  void held(MessageIdentity identity, byte[] verdict) {
    held.asMap()
        .merge(
            identity,
            new Whereabout(verdict, others.getIfPresent(identity)),
            (known, fresh) ->
                known.verdict == null ? new Whereabout(verdict, known.latest) : known);
  }

  /**
   * Something became of a message, a while ago when it is read back after a restart. Of one that
   * was never parked that is kept only while it is young.
   */
  void became(MessageOutcome outcome, Duration age) {
    MessageIdentity identity = new MessageIdentity(outcome.customerId(), outcome.messageId());
    if (outcome.state() == MessageState.PARKED) {
      held.asMap()
          .merge(identity, new Whereabout(null, outcome), (known, fresh) -> later(known, outcome));
    } else if (held.asMap().computeIfPresent(identity, (same, known) -> later(known, outcome))
            == null
        && age.compareTo(memory) < 0) {
      others.asMap().putIfAbsent(identity, outcome);
    }
  }

  /** An end stays; before it, what is newer replaces what is older. */
  private static Whereabout later(Whereabout known, MessageOutcome outcome) {
    MessageOutcome latest = known.latest;
    return latest == null
            || latest.state() == MessageState.PARKED && outcome.state() != latest.state()
        ? new Whereabout(known.verdict, outcome)
        : known;
  }

  /** What is known of a message. */
  Optional<Whereabout> find(MessageIdentity identity) {
    return Optional.ofNullable(held.getIfPresent(identity))
        .or(
            () ->
                Optional.ofNullable(others.getIfPresent(identity))
                    .map(outcome -> new Whereabout(null, outcome)));
  }
}
