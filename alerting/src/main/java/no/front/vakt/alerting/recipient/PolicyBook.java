package no.front.vakt.alerting.recipient;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import no.front.vakt.contract.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What mails need of all policies: for each customer the version in force and those that wait for
 * their time. Older versions than the newest known are ignored (design decision 9). Thread-safe.
 */
final class PolicyBook {
  private final Map<String, TreeMap<Long, Policy>> versions = new HashMap<>();

  /** Takes a version; contacts stay sealed in it. */
  synchronized void take(Policy policy, Instant now) {
    TreeMap<Long, Policy> known =
        versions.computeIfAbsent(policy.customerId(), id -> new TreeMap<>());
    if (!known.isEmpty() && policy.version() < known.lastKey()) {
      return;
    }
    known.put(policy.version(), forMailing(policy));
    Long inForce = inForce(known, now);
    if (inForce != null) {
      known.headMap(inForce).clear();
    }
  }

  /** The customer's own policy at a time; empty when it has none, or it was removed. */
  synchronized Optional<Policy> own(String customerId, Instant now) {
    TreeMap<Long, Policy> known = versions.get(customerId);
    Long inForce = known == null ? null : inForce(known, now);
    return inForce == null
        ? Optional.empty()
        : Optional.of(known.get(inForce)).filter(policy -> !policy.removed());
  }

  /** One field: the customer's own, else the default's, else nothing. */
  <T> Optional<T> field(String customerId, Instant now, Function<Policy, @Nullable T> field) {
    return own(customerId, now).map(field).or(() -> own(Policy.DEFAULT, now).map(field));
  }

  private static @Nullable Long inForce(NavigableMap<Long, Policy> known, Instant now) {
    for (Map.Entry<Long, Policy> version : known.descendingMap().entrySet()) {
      Instant from = version.getValue().effectiveFrom();
      if (from == null || !from.isAfter(now)) {
        return version.getKey();
      }
    }
    return null;
  }

  private static Policy forMailing(Policy policy) {
    return new Policy(
        policy.customerId(),
        policy.name(),
        policy.version(),
        policy.effectiveFrom(),
        policy.removed(),
        null,
        null,
        policy.contacts(),
        policy.language(),
        policy.timeZone(),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
