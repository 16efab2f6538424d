package no.front.vakt.rules.policy;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import no.front.vakt.contract.Frozen;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.PolicyException;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.RuleState;
import no.front.vakt.rules.rule.Exceptions;
import no.front.vakt.rules.rule.Rule;
import no.front.vakt.rules.signal.Counter;
import org.jspecify.annotations.Nullable;

/**
 * What one customer may do during a stretch of time: its own policy laid over the default, rule by
 * rule, ready for the judge. Immutable.
 */
public final class CustomerPolicy {
  private final long version;
  private final long defaultVersion;
  private final List<Rule> rules;
  private final List<RuleFault> faults;
  private final List<String> ineffective;
  private final List<Watched> watched;
  private final @Nullable Frozen frozen;
  private final List<PolicyException> exceptions;

  /**
   * A counter kept because a rule asks for it.
   *
   * @param counter which
   * @param retentionMillis longest window asked for
   */
  public record Watched(Counter counter, long retentionMillis) {}

  private CustomerPolicy(
      String customerId,
      @Nullable PolicyCheck own,
      @Nullable PolicyCheck inherited,
      List<Rule> countedAhead) {
    this.version = own == null ? 0 : own.policy().version();
    this.defaultVersion = inherited == null ? 0 : inherited.policy().version();
    Merge merge = new Merge(own, inherited);
    this.rules = merge.rules.stream().filter(rule -> applies(rule, customerId)).toList();
    this.faults = List.copyOf(merge.faults);
    this.ineffective = List.copyOf(merge.ineffective);
    this.watched = watched(Stream.concat(rules.stream(), countedAhead.stream()).toList());
    this.frozen = first(own, inherited, Policy::frozen);
    this.exceptions = exceptions(own, inherited);
  }

  static CustomerPolicy of(
      String customerId,
      @Nullable PolicyCheck own,
      @Nullable PolicyCheck inherited,
      List<Rule> countedAhead) {
    return new CustomerPolicy(customerId, own, inherited, countedAhead);
  }

  private static boolean applies(Rule rule, String customerId) {
    int share = rule.head().share();
    if (share >= 100) {
      return true;
    }
    // Without the rule's version: a growing share keeps the customers it has.
    int hash =
        Hashing.murmur3_32_fixed()
            .hashString(rule.head().id() + '\0' + customerId, StandardCharsets.UTF_8)
            .asInt();
    return Math.floorMod(hash, 100) < share;
  }

  private static List<Watched> watched(List<Rule> rules) {
    Map<Counter, Long> retention = new HashMap<>();
    Set<Counter> inOrder = new LinkedHashSet<>();
    for (Rule rule : rules) {
      for (Counter counter : rule.watches()) {
        inOrder.add(counter);
        retention.merge(counter, rule.longestWindowMillis(), Math::max);
      }
    }
    return inOrder.stream().map(c -> new Watched(c, retention.getOrDefault(c, 0L))).toList();
  }

  private static <T> @Nullable T first(
      @Nullable PolicyCheck own,
      @Nullable PolicyCheck inherited,
      Function<Policy, @Nullable T> field) {
    T value = own == null ? null : field.apply(own.policy());
    return value != null || inherited == null ? value : field.apply(inherited.policy());
  }

  private static List<PolicyException> exceptions(
      @Nullable PolicyCheck own, @Nullable PolicyCheck inherited) {
    List<PolicyException> exceptions = first(own, inherited, Policy::exceptions);
    // A restored one is not checked again, and an exception from no rule excepts nothing.
    return exceptions == null
        ? List.of()
        : exceptions.stream().filter(e -> e != null && e.rule() != null).toList();
  }

  /** Version of the customer's own policy; 0 when it has none. */
  public long version() {
    return version;
  }

  /** Version of the default policy; 0 when it is the shipped one or none. */
  public long defaultVersion() {
    return defaultVersion;
  }

  /** Rules that apply to this customer, live and shadow. */
  public List<Rule> rules() {
    return rules;
  }

  /** Rules that cannot be judged. */
  public List<RuleFault> faults() {
    return faults;
  }

  /** Own rules that may not replace the inherited ones, each with the reason, for people. */
  public List<String> ineffective() {
    return ineffective;
  }

  /** Counters to advance when a message passes. */
  public List<Watched> watched() {
    return watched;
  }

  /** Set when the customer is frozen at that time. */
  public @Nullable Frozen frozenAt(Instant at) {
    return frozen == null || frozen.until() != null && !at.isBefore(frozen.until()) ? null : frozen;
  }

  /** What is excepted from a rule at that time; empty: the rule as a whole. */
  public Optional<Exceptions> exceptionsFrom(Rule rule, Instant at) {
    if (exceptions.isEmpty()) {
      return Optional.of(Exceptions.NONE);
    }
    List<String> entries = new ArrayList<>();
    for (PolicyException exception : exceptions) {
      boolean holds = exception.until() == null || at.isBefore(exception.until());
      if (holds && exception.rule().equals(rule.head().id())) {
        String what = exception.what();
        if (what == null || what.equals("*")) {
          return Optional.empty();
        }
        entries.add(what);
      }
    }
    return Optional.of(entries.isEmpty() ? Exceptions.NONE : new Exceptions(entries));
  }

  /** Own rules laid over inherited ones. */
  private static final class Merge {
    private final List<Rule> rules = new ArrayList<>();
    private final List<RuleFault> faults = new ArrayList<>();
    private final List<String> ineffective = new ArrayList<>();
    private final Set<String> replaced = new LinkedHashSet<>();

    private Merge(@Nullable PolicyCheck own, @Nullable PolicyCheck inherited) {
      Map<String, RuleSpec> inheritedById = new HashMap<>();
      if (inherited != null) {
        for (PolicyCheck.ReadRule rule : inherited.rules()) {
          if (rule.spec().state() != RuleState.SHADOW) {
            inheritedById.put(rule.spec().id(), rule.spec());
          } else {
            inheritedById.putIfAbsent(rule.spec().id(), rule.spec());
          }
        }
      }
      List<Rule> ownRules = new ArrayList<>();
      if (own != null) {
        own.rules().forEach(rule -> layOver(rule, inheritedById, ownRules));
      }
      if (inherited != null) {
        for (PolicyCheck.ReadRule rule : inherited.rules()) {
          if (!replaced.contains(rule.spec().id())) {
            rule.rule().ifPresent(rules::add);
            rule.fault().ifPresent(faults::add);
          }
        }
      }
      rules.addAll(ownRules);
    }

    private void layOver(
        PolicyCheck.ReadRule rule, Map<String, RuleSpec> inherited, List<Rule> ownRules) {
      RuleSpec spec = rule.spec();
      rule.fault().ifPresent(faults::add);
      boolean isUnreadable =
          rule.fault().filter(fault -> fault.reason().equals("unreadable")).isPresent();
      // The inherited rule stands in for one that no longer reads.
      RuleSpec same = isUnreadable ? null : inherited.get(spec.id());
      if (same != null && spec.state() != RuleState.SHADOW) {
        Optional<String> refusal = PolicyCheck.cannotReplace(same, spec);
        if (refusal.isPresent()) {
          ineffective.add("rule " + spec.id() + " has no effect: " + refusal.get());
          return;
        }
        replaced.add(spec.id());
      }
      rule.rule().ifPresent(ownRules::add);
    }
  }
}
