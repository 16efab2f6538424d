package no.front.vakt.rules.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.PolicyException;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.RuleState;
import no.front.vakt.rules.rule.CountryPolicy;
import no.front.vakt.rules.rule.Parameters;
import no.front.vakt.rules.rule.Rule;
import no.front.vakt.rules.rule.RuleHead;
import no.front.vakt.rules.rule.RuleKind;

/**
 * One policy as it is written, read rule by rule. A policy with problems is refused whole and the
 * last good one stays; a rule of an unknown kind is a fault of that rule only (design decision 9).
 */
final class PolicyCheck {
  private static final Set<String> LANGUAGES = Set.of("nb", "en");

  private final Policy policy;
  private final boolean isRestored;
  private final Problems problems = new Problems();
  private final List<ReadRule> rules = new ArrayList<>();

  /** A rule as written and, unless it is retired, as the judge uses it or why it cannot. */
  record ReadRule(RuleSpec spec, Optional<Rule> rule, Optional<RuleFault> fault) {}

  PolicyCheck(Policy policy) {
    this(policy, false);
  }

  private PolicyCheck(Policy policy, boolean isRestored) {
    this.policy = policy;
    this.isRestored = isRestored;
    if (!policy.removed()) {
      if (!isRestored) {
        checkFields();
      }
      checkRules();
    }
  }

  /**
   * A policy that passed the door once: taken whole, a rule that no longer reads becoming a fault.
   */
  static PolicyCheck restored(Policy policy) {
    return new PolicyCheck(policy, true);
  }

  Policy policy() {
    return policy;
  }

  List<FieldProblem> problems() {
    return problems.list();
  }

  List<ReadRule> rules() {
    return rules;
  }

  private void checkFields() {
    String language = policy.language();
    problems.require(
        language == null || LANGUAGES.contains(language), "language", "must be nb or en");
    String timeZone = policy.timeZone();
    if (timeZone != null) {
      try {
        ZoneId.of(timeZone);
      } catch (DateTimeException e) {
        problems.add("timeZone", "must be an IANA time zone such as Europe/Oslo");
      }
    }
    List<String> homes = policy.homeCountries();
    for (int i = 0; homes != null && i < homes.size(); i++) {
      problems.require(
          homes.get(i) != null && CountryPolicy.isCountry(homes.get(i)),
          "homeCountries[" + i + "]",
          "must be a country: two letters of ISO 3166");
    }
    for (int i = 0; policy.contacts() != null && i < policy.contacts().size(); i++) {
      Contact contact = policy.contacts().get(i);
      problems.require(
          contact != null && contact.email() != null && !contact.email().isBlank(),
          "contacts[" + i + "].email",
          "is missing");
    }
    AccessPolicy access = policy.access();
    for (int i = 0; access != null && i < access.networks().size(); i++) {
      problems.require(
          isNetwork(access.networks().get(i)),
          "access.networks[" + i + "]",
          "must be a CIDR block such as 192.0.2.0/24 or 2001:db8::/32");
    }
    for (int i = 0; policy.exceptions() != null && i < policy.exceptions().size(); i++) {
      PolicyException exception = policy.exceptions().get(i);
      String rule = exception == null ? null : exception.rule();
      problems.require(rule != null && !rule.isBlank(), "exceptions[" + i + "].rule", "is missing");
    }
  }

  private static boolean isNetwork(String cidr) {
    int slash = cidr.indexOf('/');
    Optional<IpAddress> address = IpAddress.find(slash < 0 ? cidr : cidr.substring(0, slash));
    if (address.isEmpty() || slash < 0) {
      return address.isPresent();
    }
    try {
      int bits = Integer.parseInt(cidr.substring(slash + 1));
      return bits >= 0 && bits <= (address.get().isIpv4() ? 32 : 128);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void checkRules() {
    List<RuleSpec> specs = policy.rules() == null ? List.of() : policy.rules();
    Set<String> deciding = new HashSet<>();
    Map<String, String> kinds = new HashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      RuleSpec spec = specs.get(i);
      Problems own = new Problems();
      if (spec == null) {
        problems.add("rules[" + i + "]", "is empty");
        continue;
      }
      own.require(!spec.id().isBlank(), "id", "is missing");
      own.require(spec.id().length() <= 64, "id", "is longer than 64 characters");
      own.require(spec.version() >= 0, "version", "must not be negative");
      own.require(spec.share() >= 0 && spec.share() <= 100, "share", "must be from 0 to 100");
      own.require(
          spec.state() == RuleState.SHADOW || deciding.add(spec.id()),
          "id",
          "stands twice: one rule of an id may be live or retired, others only shadow");
      Optional<ReadRule> read = isRestored ? reread(spec, own, kinds) : read(spec, own, kinds);
      read.ifPresent(rules::add);
      problems.addAll("rules[" + i + "]", own.list());
    }
  }

  /** A bound nobody can read would bound nothing. */
  private static void checkBounds(RuleSpec spec, Problems own) {
    Map<String, JsonNode> bounds = spec.bounds() == null ? Map.of() : spec.bounds();
    bounds.forEach(
        (parameter, bound) -> {
          boolean readable = bound.isObject() && !bound.isEmpty();
          for (Map.Entry<String, JsonNode> part : bound.properties()) {
            readable &=
                switch (part.getKey()) {
                  case "min", "max" -> part.getValue().isNumber();
                  case "oneOf", "only" -> part.getValue().isArray();
                  default -> false;
                };
          }
          own.require(
              readable,
              "bounds." + parameter,
              "must hold min or max (numbers), oneOf or only (lists)");
        });
  }

  private static Optional<ReadRule> reread(RuleSpec spec, Problems own, Map<String, String> kinds) {
    try {
      Optional<ReadRule> read = read(spec, own, kinds);
      return own.list().isEmpty() || spec.state() == RuleState.RETIRED
          ? read
          : Optional.of(faulty(spec, "unreadable"));
    } catch (RuntimeException e) {
      return Optional.of(faulty(spec, "unreadable"));
    }
  }

  private static ReadRule faulty(RuleSpec spec, String reason) {
    RuleFault fault = new RuleFault(spec.id(), spec.version(), spec.kind(), reason, isShadow(spec));
    return new ReadRule(spec, Optional.empty(), Optional.of(fault));
  }

  private static Optional<ReadRule> read(RuleSpec spec, Problems own, Map<String, String> kinds) {
    checkBounds(spec, own);
    if (spec.state() == RuleState.RETIRED) {
      return Optional.of(new ReadRule(spec, Optional.empty(), Optional.empty()));
    }
    own.require(!spec.kind().isBlank(), "kind", "is missing");
    Optional<RuleKind> kind = RuleKind.find(spec.kind());
    if (kind.isEmpty()) {
      return spec.kind().isBlank() || spec.share() == 0
          ? Optional.empty()
          : Optional.of(faulty(spec, "unknown-kind"));
    }
    Action action = spec.action();
    own.require(action != null, "action", "is missing; one of OBSERVE, ALERT, HOLD, BLOCK");
    String sameId = kinds.putIfAbsent(spec.id(), spec.kind());
    own.require(
        sameId == null || sameId.equals(spec.kind()), "kind", "rules of one id are of one kind");
    RuleHead head =
        new RuleHead(
            spec.id(),
            spec.version(),
            action == null ? Action.OBSERVE : action,
            isShadow(spec),
            spec.share());
    Rule rule = kind.get().read(head, new Parameters(spec, own));
    return Optional.of(new ReadRule(spec, Optional.of(rule), Optional.empty()));
  }

  private static boolean isShadow(RuleSpec spec) {
    return spec.state() == RuleState.SHADOW;
  }

  /** Why a customer's rule may not replace the inherited one of its id, if so. */
  static Optional<String> cannotReplace(RuleSpec inherited, RuleSpec own) {
    if (inherited.locked()) {
      return Optional.of("the inherited rule is locked");
    }
    // A retired rule need not name its kind.
    boolean sameKind =
        inherited.kind().equals(own.kind()) || own.kind().isBlank() || inherited.kind().isBlank();
    if (!sameKind) {
      return Optional.of("the inherited rule is of kind " + inherited.kind());
    }
    Map<String, JsonNode> bounds = inherited.bounds();
    if (bounds == null || bounds.isEmpty()) {
      return Optional.empty();
    }
    if (own.state() == RuleState.RETIRED) {
      return Optional.of("the inherited rule has bounds and cannot be retired");
    }
    if (!bounds.containsKey("share") && own.share() < inherited.share()) {
      return Optional.of("share is lower than that of the inherited rule, which has bounds");
    }
    for (Map.Entry<String, JsonNode> bound : bounds.entrySet()) {
      if (!isWithin(bound.getValue(), own, bound.getKey())) {
        return Optional.of(bound.getKey() + " is outside the bounds of the inherited rule");
      }
    }
    return Optional.empty();
  }

  private static boolean isWithin(JsonNode bound, RuleSpec own, String parameter) {
    JsonNode value =
        switch (parameter) {
          case "action" -> own.action() == null ? null : JsonNodes.text(own.action().name());
          case "share" -> JsonNodes.number(own.share());
          default -> own.parameter(parameter);
        };
    if (value == null) {
      return false;
    }
    if (bound.has("min")
        && !(value.isNumber() && value.doubleValue() >= bound.get("min").doubleValue())) {
      return false;
    }
    if (bound.has("max")
        && !(value.isNumber() && value.doubleValue() <= bound.get("max").doubleValue())) {
      return false;
    }
    if (bound.has("oneOf") && !JsonNodes.holds(bound.get("oneOf"), value)) {
      return false;
    }
    return !bound.has("only") || JsonNodes.holdsAll(bound.get("only"), value);
  }
}
