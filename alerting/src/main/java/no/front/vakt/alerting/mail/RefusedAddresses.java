package no.front.vakt.alerting.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when each address is refused for now, so that one that stays so does not hold up its
 * partition for good. An address is hopeless when it has been refused for {@link #PATIENCE} and the
 * server has taken somebody else's mail after that: a server that refuses all is not the address's
 * fault. Known by keyed hashes, in memory alone: a restart is patient anew. Thread-safe.
 */
final class RefusedAddresses {
  /** A full mailbox or a grey list is over by then. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private final Map<String, Instant> refusedSince = new HashMap<>();
  private Instant lastTaken = Instant.MIN;

  /** The server took a mail for an address. */
  synchronized void taken(String recipientHash, Instant now) {
    refusedSince.remove(recipientHash);
    lastTaken = now;
  }

  /** The server refused an address for now; tells whether it is hopeless. */
  synchronized boolean isHopeless(String recipientHash, Instant now) {
    Instant since = refusedSince.computeIfAbsent(recipientHash, hash -> now);
    return !lastTaken.isBefore(since.plus(PATIENCE));
  }
}
