package no.front.vakt.rules.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.RuleState;
import no.front.vakt.rules.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * All policies a judge knows, and which of them is in force for a customer at an instant: the
 * newest version whose {@code effectiveFrom} is not after it (design decision 5). One thread.
 */
public final class PolicyBook {
  private final @Nullable PolicyCheck shipped;
  private final Map<String, PolicyVersions> byCustomer = new HashMap<>();
  private final Map<String, InForce> current = new HashMap<>();

  private boolean isCountingAhead;

  private record InForce(Instant from, Instant until, CustomerPolicy policy) {}

  /** What became of a policy handed in. */
  public record Received(boolean isNew, List<FieldProblem> problems) {}

  private PolicyBook(@Nullable PolicyCheck shipped) {
    this.shipped = shipped;
  }

  /** A book in which the shipped default stands until another one comes into force. */
  public static PolicyBook withShippedDefault() {
    return new PolicyBook(new PolicyCheck(ShippedDefault.policy()));
  }

  /** A book in which nothing is inherited until a default comes into force. */
  public static PolicyBook withoutDefault() {
    return new PolicyBook(null);
  }

  /**
   * Also counts for rules of versions that are not in force, so that a limit sees what passed
   * before it came into force. Only for a bounded run, in which every policy is known before the
   * first message: elsewhere what is counted would hang on when a policy was read (design decision
   * 5).
   */
  public PolicyBook countingAhead() {
    isCountingAhead = true;
    current.clear();
    return this;
  }

  /** Every problem of a policy, with the path of its field; none: it can be published. */
  public static List<FieldProblem> problems(Policy policy) {
    return new PolicyCheck(policy).problems();
  }

  /**
   * Every problem of a policy where it is laid over the default: those it has by itself, and own
   * rules that may not replace the inherited ones and would have no effect.
   */
  public static List<FieldProblem> problems(Policy policy, Policy inherited) {
    Problems problems = new Problems();
    problems(policy).forEach(problem -> problems.add(problem.field(), problem.reason()));
    Map<String, RuleSpec> byId = new HashMap<>();
    for (RuleSpec spec : inherited.rules() == null ? List.<RuleSpec>of() : inherited.rules()) {
      if (spec.state() != RuleState.SHADOW) {
        byId.put(spec.id(), spec);
      } else {
        byId.putIfAbsent(spec.id(), spec);
      }
    }
    List<RuleSpec> own = policy.rules() == null ? List.of() : policy.rules();
    for (int i = 0; i < own.size(); i++) {
      RuleSpec spec = own.get(i);
      RuleSpec same = spec == null ? null : byId.get(spec.id());
      if (same != null && spec.state() != RuleState.SHADOW) {
        String path = "rules[" + i + "]";
        PolicyCheck.cannotReplace(same, spec).ifPresent(reason -> problems.add(path, reason));
      }
    }
    return problems.list();
  }

  /**
   * Takes a version, in the order of the log. One with problems is refused and the last good one
   * stays; one not newer than the newest known changes nothing.
   */
  public Received receive(Policy policy) {
    PolicyCheck check = new PolicyCheck(policy);
    if (!check.problems().isEmpty()) {
      return new Received(false, check.problems());
    }
    return new Received(add(check), List.of());
  }

  /**
   * Takes a version that was received once, as it rests in state. Checks belong at the door, so
   * none is refused now: a rule this release cannot read any more becomes a {@link RuleFault}.
   */
  public void restore(Policy policy) {
    add(PolicyCheck.restored(policy));
  }

  private boolean add(PolicyCheck check) {
    Policy policy = check.policy();
    boolean isNew =
        byCustomer.computeIfAbsent(policy.customerId(), id -> new PolicyVersions()).add(check);
    if (isNew) {
      if (Policy.DEFAULT.equals(policy.customerId())) {
        current.clear();
      } else {
        current.remove(policy.customerId());
      }
    }
    return isNew;
  }

  /** Newest version known of a customer's policy; -1 when none. */
  public long newestVersion(String customerId) {
    PolicyVersions versions = byCustomer.get(customerId);
    return versions == null ? -1 : versions.newest();
  }

  /** The versions known of a customer's policy, oldest first, as they were received. */
  public List<Policy> versions(String customerId) {
    PolicyVersions versions = byCustomer.get(customerId);
    return versions == null ? List.of() : versions.all().stream().map(PolicyCheck::policy).toList();
  }

  /** Forgets versions of a customer's policy that no message at or after the horizon needs. */
  public void forgetSupersededBefore(String customerId, Instant horizon) {
    PolicyVersions versions = byCustomer.get(customerId);
    if (versions != null && versions.forgetSupersededBefore(horizon)) {
      current.remove(customerId);
    }
  }

  /** Lets go of what was put together for a customer; put together again when asked. */
  public void putAside(String customerId) {
    current.remove(customerId);
  }

  /** For how many customers a policy is put together and held. */
  public int held() {
    return current.size();
  }

  /** What a customer may do at an instant. */
  public CustomerPolicy inForce(String customerId, Instant at) {
    InForce cached = current.get(customerId);
    if (cached != null && !at.isBefore(cached.from) && at.isBefore(cached.until)) {
      return cached.policy;
    }
    PolicyVersions own = byCustomer.get(customerId);
    PolicyVersions inherited = byCustomer.get(Policy.DEFAULT);
    CustomerPolicy policy =
        CustomerPolicy.of(
            customerId,
            standing(own == null ? null : own.at(at)),
            standingDefault(inherited == null ? null : inherited.at(at)),
            countedAhead(own, inherited));
    Instant from = Instant.MIN;
    Instant until = Instant.MAX;
    for (PolicyVersions versions : new PolicyVersions[] {own, inherited}) {
      if (versions != null) {
        Instant last = versions.lastChange(at);
        Instant next = versions.nextChange(at);
        from = last.isAfter(from) ? last : from;
        until = next.isBefore(until) ? next : until;
      }
    }
    current.put(customerId, new InForce(from, until, policy));
    return policy;
  }

  private List<Rule> countedAhead(
      @Nullable PolicyVersions own, @Nullable PolicyVersions inherited) {
    if (!isCountingAhead) {
      return List.of();
    }
    List<PolicyCheck> all = new ArrayList<>(own == null ? List.of() : own.all());
    all.addAll(inherited == null ? List.of() : inherited.all());
    if (shipped != null) {
      all.add(shipped);
    }
    return all.stream()
        .flatMap(check -> check.rules().stream())
        .flatMap(rule -> rule.rule().stream())
        .toList();
  }

  private static @Nullable PolicyCheck standing(@Nullable PolicyCheck check) {
    return check == null || check.policy().removed() ? null : check;
  }

  private @Nullable PolicyCheck standingDefault(@Nullable PolicyCheck check) {
    return check == null || check.policy().removed() ? shipped : check;
  }
}
