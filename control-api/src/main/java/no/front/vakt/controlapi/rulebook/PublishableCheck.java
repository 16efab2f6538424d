package no.front.vakt.controlapi.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.Frozen;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.PolicyException;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.RuleState;
import no.front.vakt.rules.message.LinkPattern;
import no.front.vakt.rules.policy.PolicyBook;
import org.jspecify.annotations.Nullable;

/**
 * Everything that keeps a policy from being published: what the judge would refuse, and what only
 * the control plane knows to be a mistake.
 */
final class PublishableCheck {
  private static final String WHITELIST = "url-whitelist";
  private static final String WHOLE_RULE = "*";
  private static final String HELD_SECONDS = "heldSeconds";

  /** Bcrypt: a cost, 22 characters of salt and 31 of hash in its own base64. */
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

  /** Fewest doublings bcrypt knows. */
  private static final int LEAST_BCRYPT_COST = 4;

  private static final Pattern CIDR = Pattern.compile("[0-9A-Fa-f:.]+(/(0|[1-9][0-9]{0,2}))?");

  /** The widest block anybody has for himself is an old /8; a caller in it needs no password. */
  private static final int SHORTEST_PREFIX_IPV4 = 8;

  /** Registries hand the largest networks blocks of about a /16 to a /20. */
  private static final int SHORTEST_PREFIX_IPV6 = 16;

  /** What alerting can mail to: ASCII, no quotes, comments or brackets, a domain with a dot. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@"
              + "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9][A-Za-z0-9-]{1,62}");

  /** RFC 5321, 4.5.3.1.3: a path of 256 characters with its two angle brackets. */
  private static final int LONGEST_EMAIL = 254;

  private final Policy policy;
  private final Policy inherited;
  private final Problems problems = new Problems();

  private PublishableCheck(Policy policy, Policy inherited) {
    this.policy = policy;
    this.inherited = inherited;
  }

  /** Every problem, each with its path. */
  static List<FieldProblem> problems(Policy policy, Policy inherited) {
    return new PublishableCheck(policy, inherited).run();
  }

  private List<FieldProblem> run() {
    boolean isDefault = Policy.DEFAULT.equals(policy.customerId());
    List<FieldProblem> found =
        new ArrayList<>(
            isDefault ? PolicyBook.problems(policy) : PolicyBook.problems(policy, inherited));
    Set<String> told = new TreeSet<>(found.stream().map(FieldProblem::field).toList());
    checkWhitelists();
    checkExceptions(isDefault);
    checkAccess();
    checkContacts();
    checkRetention();
    if (!isDefault) {
      checkFrozen();
    }
    // What is told of a field already need not be told in other words.
    problems.list().stream().filter(problem -> !told.contains(problem.field())).forEach(found::add);
    return List.copyOf(found);
  }

  private void checkWhitelists() {
    List<RuleSpec> rules = listed(policy.rules());
    for (int i = 0; i < rules.size(); i++) {
      RuleSpec spec = rules.get(i);
      JsonNode allowed = spec == null ? null : spec.parameter("allowed");
      if (spec == null
          || allowed == null
          || !allowed.isArray()
          || !spec.kind().equals(WHITELIST)
          || spec.state() == RuleState.RETIRED) {
        continue;
      }
      for (int j = 0; j < allowed.size(); j++) {
        if (allowed.get(j).isTextual()) {
          String path = "rules[" + i + "].allowed[" + j + "]";
          LinkPattern.refusal(allowed.get(j).textValue()).ifPresent(why -> problems.add(path, why));
        }
      }
    }
  }

  private void checkExceptions(boolean isDefault) {
    Map<String, RuleSpec> rules = new HashMap<>();
    Set<String> locked = new TreeSet<>();
    if (!isDefault) {
      for (RuleSpec spec : listed(inherited.rules())) {
        rules.put(spec.id(), spec);
        if (spec.locked()) {
          locked.add(spec.id());
        }
      }
    }
    listed(policy.rules()).stream()
        .filter(spec -> spec != null)
        .forEach(spec -> rules.put(spec.id(), spec));
    List<PolicyException> exceptions = listed(policy.exceptions());
    for (int i = 0; i < exceptions.size(); i++) {
      PolicyException exception = exceptions.get(i);
      if (exception == null || exception.rule() == null) {
        continue;
      }
      String path = "exceptions[" + i + "]";
      RuleSpec rule = rules.get(exception.rule());
      problems.require(
          rule != null, path + ".rule", "is neither a rule of this policy nor an inherited one");
      problems.require(
          !locked.contains(exception.rule()),
          path + ".rule",
          "names an inherited rule that is locked");
      String what = exception.what();
      if (rule != null
          && rule.kind().equals(WHITELIST)
          && what != null
          && !what.equals(WHOLE_RULE)) {
        LinkPattern.refusal(what).ifPresent(why -> problems.add(path + ".what", why));
      }
    }
  }

  private void checkAccess() {
    AccessPolicy access = policy.access();
    if (access == null) {
      return;
    }
    for (int i = 0; i < access.networks().size(); i++) {
      String network = access.networks().get(i);
      String path = "access.networks[" + i + "]";
      problems.require(
          CIDR.matcher(network).matches(),
          path,
          "must be a CIDR block such as 192.0.2.0/24 or 2001:db8::/32");
      problems.require(
          !isTooWide(network),
          path,
          "is wider than /"
              + SHORTEST_PREFIX_IPV4
              + " (IPv4) or /"
              + SHORTEST_PREFIX_IPV6
              + " (IPv6), and nobody in a network is asked for a password; leave networks out to"
              + " ask for the password from anywhere");
      problems.require(
          !isMappedBlock(network), path, "is an IPv4 block in IPv6 form; write 192.0.2.0/24");
    }
    String hash = access.passwordHash();
    problems.require(
        hash == null || isCheckable(hash),
        "access.passwordHash",
        "must be a bcrypt hash ($2a$, $2b$ or $2y$) of a cost from 04 to "
            + AccessPolicy.MOST_BCRYPT_COST
            + ", never a password");
  }

  private static boolean isTooWide(String network) {
    int slash = network.indexOf('/');
    if (slash < 0 || !CIDR.matcher(network).matches()) {
      return false;
    }
    int bits = Integer.parseInt(network.substring(slash + 1));
    return bits < (network.indexOf(':') < 0 ? SHORTEST_PREFIX_IPV4 : SHORTEST_PREFIX_IPV6);
  }

  /** The door counts the bits of such a block from the IPv6 form's start, people seldom do. */
  private static boolean isMappedBlock(String network) {
    int slash = network.indexOf('/');
    return slash >= 0
        && network.indexOf(':') >= 0
        && IpAddress.find(network.substring(0, slash)).filter(IpAddress::isIpv4).isPresent();
  }

  /** Whether the door would ever check a password with it. */
  private static boolean isCheckable(String hash) {
    Matcher matcher = BCRYPT.matcher(hash);
    if (!matcher.matches()) {
      return false;
    }
    int cost = Integer.parseInt(matcher.group(1));
    return cost >= LEAST_BCRYPT_COST && cost <= AccessPolicy.MOST_BCRYPT_COST;
  }

  private void checkContacts() {
    List<Contact> contacts = listed(policy.contacts());
    for (int i = 0; i < contacts.size(); i++) {
      Contact contact = contacts.get(i);
      if (contact == null || contact.email() == null) {
        continue;
      }
      String path = "contacts[" + i + "]";
      problems.require(
          contact.email().length() <= LONGEST_EMAIL && EMAIL.matcher(contact.email()).matches(),
          path + ".email",
          "must be a mail address such as drift@customer.example, in ASCII; a domain with other"
              + " letters in its xn-- form");
      problems.require(
          contact.name() == null || contact.name().chars().noneMatch(Character::isISOControl),
          path + ".name",
          "must not hold control characters");
      problems.require(
          contact.language() == null || Set.of("nb", "en").contains(contact.language()),
          path + ".language",
          "must be nb or en");
    }
  }

  private void checkRetention() {
    JsonNode retention = policy.retention();
    if (retention == null || retention.isNull()) {
      return;
    }
    if (!retention.isObject()) {
      problems.add("retention", "is not an object such as {\"heldSeconds\": 3600}");
      return;
    }
    for (Map.Entry<String, JsonNode> field : retention.properties()) {
      problems.require(
          field.getKey().equals(HELD_SECONDS),
          "retention." + field.getKey(),
          "is not known here; only " + HELD_SECONDS + " is");
    }
    JsonNode held = retention.get(HELD_SECONDS);
    problems.require(
        held == null
            || held.isNull()
            || held.isInt()
                && held.intValue() >= Policy.FEWEST_HELD_SECONDS
                && held.intValue() <= Policy.MOST_HELD_SECONDS,
        "retention." + HELD_SECONDS,
        "must be whole seconds from "
            + Policy.FEWEST_HELD_SECONDS
            + " to "
            + Policy.MOST_HELD_SECONDS);
  }

  /** An own one that ends would end the inherited one with it. */
  private void checkFrozen() {
    Frozen own = policy.frozen();
    Frozen all = inherited.frozen();
    if (own == null || own.until() == null || all == null) {
      return;
    }
    Instant inheritedEnd = all.until();
    problems.require(
        inheritedEnd != null && !own.until().isBefore(inheritedEnd),
        "frozen.until",
        "ends before the inherited freeze and would end that too; leave it out or set it later");
  }

  private static <T> List<T> listed(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
