package no.front.vakt.rules.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of one customer's policy that can still judge a message, oldest first. */
final class PolicyVersions {
  private final List<PolicyCheck> versions = new ArrayList<>();

  /** Adds a version unless a newer or equal one is known: policies are read in log order. */
  boolean add(PolicyCheck check) {
    if (check.policy().version() <= newest()) {
      return false;
    }
    versions.add(check);
    return true;
  }

  /**
   * Forgets versions that a newer one, in force since before the horizon, stands in front of.
   *
   * @return whether any was forgotten
   */
  boolean forgetSupersededBefore(Instant horizon) {
    int keepFrom = 0;
    for (int i = 1; i < versions.size(); i++) {
      Instant from = versions.get(i).policy().effectiveFrom();
      if (from == null || from.isBefore(horizon)) {
        keepFrom = i;
      }
    }
    versions.subList(0, keepFrom).clear();
    return keepFrom > 0;
  }

  long newest() {
    return versions.isEmpty() ? -1 : versions.get(versions.size() - 1).policy().version();
  }

  /** The newest version in force at that time, or null; a removal stands as a removed policy. */
  @Nullable PolicyCheck at(Instant at) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      Instant from = versions.get(i).policy().effectiveFrom();
      if (from == null || !from.isAfter(at)) {
        return versions.get(i);
      }
    }
    return null;
  }

  /** The first instant after {@code at} at which another version may come into force. */
  Instant nextChange(Instant at) {
    Instant next = Instant.MAX;
    for (PolicyCheck check : versions) {
      Instant from = check.policy().effectiveFrom();
      if (from != null && from.isAfter(at) && from.isBefore(next)) {
        next = from;
      }
    }
    return next;
  }

  /** The last instant up to {@code at} at which a version may have come into force. */
  Instant lastChange(Instant at) {
    Instant last = Instant.MIN;
    for (PolicyCheck check : versions) {
      Instant from = check.policy().effectiveFrom();
      if (from != null && !from.isAfter(at) && from.isAfter(last)) {
        last = from;
      }
    }
    return last;
  }

  /** All of them. */
  List<PolicyCheck> all() {
    return versions;
  }
}
