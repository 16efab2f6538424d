package no.front.vakt.verdictapi.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.Policy;
import no.front.vakt.verdictapi.clock.DoorClock;
import no.front.vakt.verdictapi.http.Networks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may call as which customer: of each policy the access rules and the language, in the newest
 * version that is in force. What a customer's own policy does not say, the default says; a customer
 * without a policy of its own is nobody. One thread writes, any may ask.
 */
public final class AccessBook {
  private static final Logger LOG = LoggerFactory.getLogger(AccessBook.class);

  /** The house's own figure: what new hashes are made with. */
  private static final int USUAL_COST = 12;

  private static final String USUAL_LANGUAGE = "nb";

  /**
   * What one customer's callers must show.
   *
   * @param networks where from; empty of blocks when none is set
   * @param hasNetworks whether any is set, readable or not
   * @param hasPassword whether a password is set, usable or not
   * @param passwordHash what the password is checked with; absent when none is set or usable
   * @param language {@code nb} or {@code en}
   */
  record Access(
      Networks networks,
      boolean hasNetworks,
      boolean hasPassword,
      @Nullable PasswordHash passwordHash,
      String language) {}

  private record Version(
      long number,
      @Nullable Instant from,
      boolean removed,
      @Nullable Access access,
      @Nullable String language) {
    boolean isInForce(Instant at) {
      return from == null || !from.isAfter(at);
    }
  }

  private static final Access NOBODY =
      new Access(Networks.of(List.of()), false, false, null, USUAL_LANGUAGE);

  private final DoorClock clock;

  /** Newest first. */
  private final Map<String, List<Version>> byCustomer = new ConcurrentHashMap<>();

  private final Map<String, Integer> costs = new ConcurrentHashMap<>();
  private volatile int usualCost = USUAL_COST;

  /** Starts empty. */
  public AccessBook(DoorClock clock) {
    this.clock = clock;
  }

  /** Takes a policy, in the order of the log; one not newer than the newest known is ignored. */
  public void receive(Policy policy) {
    String customerId = policy.customerId();
    List<Version> known = byCustomer.getOrDefault(customerId, List.of());
    if (!known.isEmpty() && policy.version() <= known.get(0).number) {
      return;
    }
    List<Version> versions = new ArrayList<>(known.size() + 1);
    Version fresh = version(policy);
    versions.add(fresh);
    versions.addAll(known);
    byCustomer.put(customerId, needed(versions, clock.stamp()));
    count(customerId, fresh.access);
  }

  /** Versions older than one that is in force are never asked for again. */
  private static List<Version> needed(List<Version> newestFirst, Instant now) {
    for (int i = 0; i < newestFirst.size(); i++) {
      if (newestFirst.get(i).isInForce(now)) {
        return List.copyOf(newestFirst.subList(0, i + 1));
      }
    }
    return List.copyOf(newestFirst);
  }

  private static Version version(Policy policy) {
    AccessPolicy access = policy.access();
    return new Version(
        policy.version(),
        policy.effectiveFrom(),
        policy.removed(),
        access == null ? null : access(policy.customerId(), access),
        policy.language());
  }

  private static Access access(String customerId, AccessPolicy access) {
    long unreadable =
        access.networks().stream().filter(entry -> !Networks.isNetwork(entry)).count();
    String hash = access.passwordHash();
    boolean hasPassword = hash != null && !hash.isBlank();
    PasswordHash usable = hasPassword ? PasswordHash.find(hash.strip()).orElse(null) : null;
    if (unreadable > 0) {
      LOG.warn("Of the networks of {} {} are none and match nobody", customerId, unreadable);
    }
    if (hasPassword && usable == null) {
      LOG.warn(
          "The password hash of {} is no bcrypt hash of a cost up to {}; no password is right",
          customerId,
          AccessPolicy.MOST_BCRYPT_COST);
    }
    return new Access(
        Networks.of(access.networks()),
        !access.networks().isEmpty(),
        hasPassword,
        usable,
        USUAL_LANGUAGE);
  }

  /** Keeps in mind which cost most hashes have. */
  private void count(String customerId, @Nullable Access access) {
    PasswordHash hash = access == null ? null : access.passwordHash;
    if (hash == null) {
      costs.remove(customerId);
    } else {
      costs.put(customerId, hash.cost());
    }
    Map<Integer, Integer> customers = new TreeMap<>();
    costs.values().forEach(cost -> customers.merge(cost, 1, Integer::sum));
    usualCost =
        customers.entrySet().stream()
            .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .orElse(USUAL_COST);
  }

  /** The cost most customers' hashes have: what a check for nobody must cost. */
  int usualCost() {
    return usualCost;
  }

  /** What callers of a customer must show now; nothing when there is no such customer. */
  Optional<Access> find(String customerId) {
    Version own = inForce(customerId);
    if (own == null || Policy.DEFAULT.equals(customerId)) {
      return Optional.empty();
    }
    Version inherited = inForce(Policy.DEFAULT);
    Access access = own.access;
    if (access == null) {
      access = inherited == null || inherited.access == null ? NOBODY : inherited.access;
    }
    String language = own.language;
    if (language == null) {
      language = inherited == null ? null : inherited.language;
    }
    return Optional.of(
        new Access(
            access.networks,
            access.hasNetworks,
            access.hasPassword,
            access.passwordHash,
            language == null ? USUAL_LANGUAGE : language));
  }

  /** The language a customer is told things in. */
  public String language(String customerId) {
    return find(customerId).map(Access::language).orElse(USUAL_LANGUAGE);
  }

  private @Nullable Version inForce(String customerId) {
    Instant now = clock.stamp();
    for (Version version : byCustomer.getOrDefault(customerId, List.of())) {
      if (version.isInForce(now)) {
        return version.removed ? null : version;
      }
    }
    return null;
  }
}
