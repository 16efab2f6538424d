package no.front.vakt.rules.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import no.front.vakt.contract.Submission;

/**
 * The contract once more, in the plainest code there is and from its text alone: keeps every
 * message that passed in a list and counts by trying every window. Knows the country of a number
 * and the links of a text only from tables of the test that asks.
 */
final class NaiveJudge {
  /** What a link of a text is, by the test's table. */
  record KnownLink(String scheme, String host, String path, String domain) {}

  /** What is known of a text, by the test's table. */
  record KnownText(String text, int segments, List<KnownLink> links) {}

  /** What the judge must say. */
  record Expected(String outcome, Set<String> findings, long policyVersion, long defaultVersion) {}

  private record Heard(long at, Submission message, String outcome) {}

  private static final long TEN_MINUTES = 600_000;

  private final List<JsonNode> policies;
  private final Map<String, String> countries;
  private final Map<String, KnownText> texts;
  private final Map<String, String> blocks;
  private final Map<String, Heard> heard = new HashMap<>();
  private final Map<String, List<Submission>> passed = new HashMap<>();

  NaiveJudge(
      List<JsonNode> policies,
      Map<String, String> countries,
      Map<String, KnownText> texts,
      Map<String, String> blocks) {
    this.policies = policies;
    this.countries = countries;
    this.texts = texts;
    this.blocks = blocks;
  }

  Expected hear(Submission message) {
    JsonNode own = inForce(message.customerId(), message.submittedAt());
    JsonNode inherited = inForce("default", message.submittedAt());
    long at = message.submittedAt().toEpochMilli();
    String identity = message.customerId() + " " + message.messageId();
    Heard first = heard.get(identity);
    if (first != null && Math.abs(at - first.at) < TEN_MINUTES) {
      boolean same =
          first.message.senderId().equals(message.senderId())
              && first.message.recipient().equals(message.recipient())
              && first.message.text().equals(message.text());
      return same
          ? expected(first.outcome, Set.of("repeat v1 OBSERVE live null/null"), own, inherited)
          : expected("BLOCK", Set.of("id-reused v1 BLOCK live null/null"), own, inherited);
    }
    Set<String> findings = new TreeSet<>();
    int strongest = 0;
    JsonNode frozen = field("frozen", own, inherited);
    if (frozen != null && (!frozen.has("until") || isBefore(message, frozen.get("until")))) {
      findings.add("frozen v1 BLOCK live null/null");
      strongest = 3;
    }
    for (JsonNode rule : rules(own, inherited)) {
      String broken = isExcepted(rule, message, own, inherited) ? null : broken(rule, message);
      if (broken != null) {
        boolean shadow = "shadow".equals(rule.path("state").asText());
        String action = rule.get("action").asText();
        findings.add(
            rule.get("id").asText()
                + " v"
                + rule.path("version").asInt(1)
                + " "
                + action
                + (shadow ? " shadow " : " live ")
                + broken);
        if (!shadow) {
          strongest =
              Math.max(strongest, List.of("OBSERVE", "ALERT", "HOLD", "BLOCK").indexOf(action));
        }
      }
    }
    String outcome = strongest < 2 ? "ALLOW" : strongest == 2 ? "HOLD" : "BLOCK";
    heard.put(identity, new Heard(at, message, outcome));
    if (outcome.equals("ALLOW")) {
      passed.computeIfAbsent(message.customerId(), id -> new ArrayList<>()).add(message);
    }
    return expected(outcome, findings, own, inherited);
  }

  private static Expected expected(
      String outcome, Set<String> findings, JsonNode own, JsonNode inherited) {
    return new Expected(outcome, findings, version(own), version(inherited));
  }

  private static long version(JsonNode policy) {
    return policy == null ? 0 : policy.get("version").asLong();
  }

  private static boolean isBefore(Submission message, JsonNode instant) {
    return message.submittedAt().isBefore(Instant.parse(instant.asText()));
  }

  private JsonNode inForce(String customer, Instant at) {
    JsonNode newest = null;
    for (JsonNode policy : policies) {
      boolean begun =
          !policy.has("effectiveFrom")
              || !Instant.parse(policy.get("effectiveFrom").asText()).isAfter(at);
      if (policy.get("customerId").asText().equals(customer)
          && begun
          && (newest == null || policy.get("version").asLong() > newest.get("version").asLong())) {
        newest = policy;
      }
    }
    return newest == null || newest.path("removed").asBoolean() ? null : newest;
  }

  private static JsonNode field(String name, JsonNode own, JsonNode inherited) {
    if (own != null && own.has(name)) {
      return own.get(name);
    }
    return inherited == null ? null : inherited.get(name);
  }

  private static List<JsonNode> rules(JsonNode own, JsonNode inherited) {
    List<JsonNode> standing = new ArrayList<>();
    if (inherited != null) {
      inherited.path("rules").forEach(standing::add);
    }
    List<JsonNode> additions = new ArrayList<>();
    for (JsonNode rule : own == null ? List.<JsonNode>of() : own.path("rules")) {
      JsonNode same =
          standing.stream()
              .filter(i -> i.get("id").equals(rule.get("id")))
              .findFirst()
              .orElse(null);
      if (same == null || state(rule).equals("shadow")) {
        additions.add(rule);
      } else if (mayReplace(same, rule)) {
        standing.remove(same);
        additions.add(rule);
      }
    }
    standing.addAll(additions);
    standing.removeIf(rule -> state(rule).equals("retired"));
    return standing;
  }

  private static String state(JsonNode rule) {
    return rule.path("state").asText("live");
  }

  private static boolean mayReplace(JsonNode inherited, JsonNode own) {
    if (inherited.path("locked").asBoolean() || !inherited.get("kind").equals(own.get("kind"))) {
      return false;
    }
    JsonNode most = inherited.path("bounds").path("limit").path("max");
    return most.isMissingNode()
        || state(own).equals("live") && own.get("limit").asLong() <= most.asLong();
  }

  private boolean isExcepted(JsonNode rule, Submission message, JsonNode own, JsonNode inherited) {
    JsonNode exceptions = field("exceptions", own, inherited);
    for (JsonNode exception : exceptions == null ? List.<JsonNode>of() : exceptions) {
      boolean holds = !exception.has("until") || isBefore(message, exception.get("until"));
      boolean all = !exception.has("what");
      boolean country =
          (rule.get("kind").asText().equals("country-policy")
                  || rule.path("per").asText().equals("country"))
              && exception.path("what").asText().equals(countries.get(message.recipient()));
      if (holds && exception.get("rule").equals(rule.get("id")) && (all || country)) {
        return true;
      }
    }
    return false;
  }

  /** Observed and limit when broken, else null. */
  private String broken(JsonNode rule, Submission message) {
    return switch (rule.get("kind").asText()) {
      case "volume-limit" -> volume(rule, message);
      case "country-policy" -> country(rule, countries.get(message.recipient()));
      case "url-whitelist" -> links(rule, texts.get(message.text()).links());
      default -> throw new IllegalArgumentException(rule.toString());
    };
  }

  private static String country(JsonNode rule, String country) {
    boolean isListed = false;
    for (JsonNode code : rule.path(rule.has("allowed") ? "allowed" : "blocked")) {
      isListed |= code.asText().equals(country);
    }
    return isListed == rule.has("allowed") ? null : "null/null";
  }

  private static String links(JsonNode rule, List<KnownLink> links) {
    int outside = 0;
    for (KnownLink link : links) {
      boolean allowed = false;
      for (JsonNode entry : rule.get("allowed")) {
        allowed |= allows(entry.asText(), link);
      }
      outside += allowed ? 0 : 1;
    }
    return outside == 0 ? null : outside + "/0";
  }

  private static boolean allows(String entry, KnownLink link) {
    if (entry.startsWith("*.")) {
      String domain = entry.substring(2);
      return link.host.equals(domain) || link.host.endsWith("." + domain);
    }
    if (entry.startsWith("https://")) {
      String url = link.scheme + "://" + link.host + link.path;
      return url.equals(entry) || url.startsWith(entry + "/");
    }
    return entry.equals(link.host);
  }

  private String volume(JsonNode rule, Submission message) {
    long limit = rule.get("limit").asLong();
    long window = rule.get("windowSeconds").asLong() * 1000;
    boolean segments = rule.path("unit").asText().equals("segment");
    long most = -1;
    for (String value : values(rule, message)) {
      List<long[]> counted = new ArrayList<>();
      for (Submission other : passed.getOrDefault(message.customerId(), List.of())) {
        if (values(rule, other).contains(value)) {
          counted.add(new long[] {at(other), segments ? texts.get(other.text()).segments() : 1});
        }
      }
      counted.add(new long[] {at(message), segments ? texts.get(message.text()).segments() : 1});
      most = Math.max(most, fullest(counted, at(message), window));
    }
    return most > limit ? most + "/" + limit : null;
  }

  private static long fullest(List<long[]> counted, long at, long window) {
    long fullest = 0;
    for (long[] first : counted) {
      long begin = first[0];
      if (begin <= at && at < begin + window) {
        long sum = 0;
        for (long[] one : counted) {
          sum += one[0] >= begin && one[0] < begin + window ? one[1] : 0;
        }
        fullest = Math.max(fullest, sum);
      }
    }
    return fullest;
  }

  private static long at(Submission message) {
    return message.submittedAt().toEpochMilli();
  }

  private Set<String> values(JsonNode rule, Submission message) {
    String recipient = message.recipient();
    int digits = rule.path("prefixDigits").asInt(6);
    return switch (rule.get("per").asText()) {
      case "customer" -> Set.of("");
      case "sender" -> Set.of(message.senderId().toLowerCase(Locale.ROOT));
      case "recipient" -> Set.of(recipient);
      case "country" -> Set.of(countries.get(recipient));
      case "prefix" -> Set.of(recipient.substring(1, Math.min(recipient.length(), 1 + digits)));
      case "originIp" ->
          message.originIp() == null ? Set.of() : Set.of(blocks.get(message.originIp()));
      case "urlDomain" -> {
        Set<String> domains = new HashSet<>();
        texts.get(message.text()).links().forEach(link -> domains.add(link.domain));
        yield domains;
      }
      default -> throw new IllegalArgumentException(rule.toString());
    };
  }
}
