package no.front.vakt.standalone.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.RuleState;
import no.front.vakt.rules.policy.ShippedDefault;

/** Every version of every policy that was ever published, as the topic still holds them. */
final class PolicyHistory {
  private record Versions(String customerId, long own, long inherited) {}

  private final Map<String, List<Policy>> versions = new HashMap<>();
  private final Map<Versions, List<Limit>> limits = new HashMap<>();

  PolicyHistory(List<Policy> policies) {
    for (Policy policy : policies) {
      List<Policy> known = versions.computeIfAbsent(policy.customerId(), id -> new ArrayList<>());
      // Of two records of one version readers keep the first, and ignore older ones.
      if (known.isEmpty() || known.get(known.size() - 1).version() < policy.version()) {
        known.add(policy);
      }
    }
  }

  /** The version that must judge a message of that time; 0 when the customer has none then. */
  long versionAt(String customerId, Instant at) {
    List<Policy> known = versions.getOrDefault(customerId, List.of());
    for (int i = known.size() - 1; i >= 0; i--) {
      Instant from = known.get(i).effectiveFrom();
      if (from == null || !from.isAfter(at)) {
        return known.get(i).removed() ? 0 : known.get(i).version();
      }
    }
    return 0;
  }

  /** The volume limits in those versions, live and shadow, inherited ones included. */
  List<Limit> limits(String customerId, long version, long defaultVersion) {
    return limits.computeIfAbsent(new Versions(customerId, version, defaultVersion), this::read);
  }

  private List<Limit> read(Versions wanted) {
    Map<String, RuleSpec> live = new LinkedHashMap<>();
    List<RuleSpec> shadows = new ArrayList<>();
    List<Policy> layers = new ArrayList<>();
    layers.add(find(Policy.DEFAULT, wanted.inherited, ShippedDefault.policy()));
    if (wanted.own > 0) {
      layers.add(find(wanted.customerId, wanted.own, Policy.removal(wanted.customerId, 0, null)));
    }
    for (Policy layer : layers) {
      for (RuleSpec rule : Objects.requireNonNullElse(layer.rules(), List.<RuleSpec>of())) {
        if (rule.state() == RuleState.SHADOW) {
          shadows.add(rule);
        } else {
          live.put(rule.id(), rule);
        }
      }
    }
    List<Limit> found = new ArrayList<>();
    live.values().forEach(rule -> Limit.find(rule).ifPresent(found::add));
    shadows.forEach(rule -> Limit.find(rule).ifPresent(found::add));
    return List.copyOf(found);
  }

  private Policy find(String customerId, long version, Policy otherwise) {
    return versions.getOrDefault(customerId, List.of()).stream()
        .filter(policy -> policy.version() == version)
        .findFirst()
        .orElse(otherwise);
  }
}
