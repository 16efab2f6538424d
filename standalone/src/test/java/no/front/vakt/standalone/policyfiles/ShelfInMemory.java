package no.front.vakt.standalone.policyfiles;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import no.front.vakt.contract.Policy;

/** A rule book in memory, which can be away. */
final class ShelfInMemory implements PolicyShelf {
  /** A version and who wrote it. */
  private record Kept(Policy policy, String author) {}

  private final List<Kept> kept = new CopyOnWriteArrayList<>();
  volatile boolean isAway;

  /** Every version, in the order they came. */
  List<Policy> policies() {
    return kept.stream().map(Kept::policy).toList();
  }

  /** Customers with a policy. */
  List<String> inForce() {
    Map<String, Boolean> removed = new TreeMap<>();
    policies().forEach(policy -> removed.put(policy.customerId(), policy.removed()));
    return removed.keySet().stream().filter(id -> !removed.getOrDefault(id, false)).toList();
  }

  private void reach() {
    if (isAway) {
      throw new Away(new IllegalStateException("no connection"));
    }
  }

  private List<Kept> of(String customerId) {
    return kept.stream().filter(one -> one.policy().customerId().equals(customerId)).toList();
  }

  private Optional<Kept> newest(String customerId) {
    var all = of(customerId);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  @Override
  public Optional<Policy> newestBy(String customerId, String author) {
    reach();
    var all = of(customerId).stream().filter(one -> one.author().equals(author)).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).policy());
  }

  @Override
  public Set<String> customersOf(String author) {
    reach();
    var customers = new TreeSet<String>();
    for (var customerId : inForce()) {
      newest(customerId)
          .filter(one -> one.author().equals(author))
          .ifPresent(one -> customers.add(customerId));
    }
    return customers;
  }

  @Override
  public long put(Policy policy, String author, String reason) {
    reach();
    long version = of(policy.customerId()).size() + 1L;
    kept.add(new Kept(policy.published(version, policy.effectiveFrom()), author));
    return version;
  }

  @Override
  public long remove(String customerId, String author, String reason) {
    reach();
    long version = of(customerId).size() + 1L;
    kept.add(new Kept(Policy.removal(customerId, version, null), author));
    return version;
  }
}
