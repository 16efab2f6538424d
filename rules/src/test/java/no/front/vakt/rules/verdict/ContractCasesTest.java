package no.front.vakt.rules.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.policy.PolicyBook;
import no.front.vakt.rules.signal.CustomerMemory;
import no.front.vakt.rules.signal.MapChunks;
import no.front.vakt.rules.verdict.NaiveJudge.KnownLink;
import no.front.vakt.rules.verdict.NaiveJudge.KnownText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thousands of random messages near every edge, judged twice: by the judge and by hand. */
class ContractCasesTest {
  private static final KeyedHash HASH = KeyRing.generate().hashing();
  private static final List<String> CUSTOMERS = List.of("klubben", "butikken", "banken");
  private static final int[] WINDOWS = {1, 2, 10, 60, 600, 3600};
  private static final List<String> PERS =
      List.of("customer", "sender", "recipient", "country", "prefix", "urlDomain", "originIp");
  private static final List<String> ACTIONS = List.of("OBSERVE", "ALERT", "HOLD", "BLOCK");
  private static final long LATEST = 59_000;

  private static final Map<String, String> COUNTRIES =
      Map.of(
          "+4799999901", "NO",
          "+4799999902", "NO",
          "+475800000000001", "NO",
          "+4779000001", "SJ",
          "+447781000001", "GG",
          "+447400123456", "GB",
          "+77010000001", "KZ",
          "+870773111632", "001",
          "+38344000001", "XK",
          "+999123456", "ZZ");
  private static final Map<String, String> BLOCKS =
      Map.of(
          "192.0.2.7", "a",
          "::ffff:192.0.2.7", "a",
          "192.0.2.8", "b",
          "2001:db8::1", "c",
          "2001:db8:0:0:ffff::2", "c",
          "2001:db8:0:1::1", "d");
  private static final List<String> NUMBERS = COUNTRIES.keySet().stream().sorted().toList();
  private static final List<String> ADDRESSES = BLOCKS.keySet().stream().sorted().toList();
  private static final List<String> SENDERS =
      List.of("Klubben", "KLUBBEN", "Ærlig", "æRLIG", "2099");
  private static final Map<String, KnownText> TEXTS = new TreeMap<>();

  static {
    know("Trening kl 18", 1);
    know("x".repeat(160), 1);
    know("x".repeat(161), 2);
    know("ł".repeat(70), 1);
    know("ł".repeat(71), 2);
    know("€".repeat(154), 3);
    KnownLink first = link("https", "klubben.example", "/a", "klubben.example");
    KnownLink below = link("https", "klubben.example", "/a/b", "klubben.example");
    KnownLink sub = link("http", "www.klubben.example", "/", "klubben.example");
    KnownLink other = link("https", "butikk.example", "/ab", "butikk.example");
    know("Se https://klubben.example/a", 1, first);
    know("Se https://klubben.example/a/b", 1, below);
    know("Se http://www.klubben.example/", 1, sub);
    know("https://klubben.example/a https://butikk.example/ab", 1, first, other);
    know(
        "http://www.klubben.example/ https://klubben.example/a ".repeat(4),
        2,
        fourTimes(sub, first));
  }

  private static KnownLink[] fourTimes(KnownLink... links) {
    List<KnownLink> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.addAll(List.of(links));
    }
    return all.toArray(new KnownLink[0]);
  }

  private static KnownLink link(String scheme, String host, String path, String domain) {
    return new KnownLink(scheme, host, path, domain);
  }

  private static void know(String text, int segments, KnownLink... links) {
    TEXTS.put(text, new KnownText(text, segments, List.of(links)));
  }

  private final Random random = new Random();
  private final Map<String, MapChunks> chunks = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    // seed, messages, mean step ms, late, counting ahead
    "1, 900, 300, false, true",
    "2, 900, 300, true, true",
    "3, 900, 3000, false, true",
    "4, 900, 3000, true, true",
    "5, 900, 30000, true, true",
    "6, 900, 1, false, true",
    "7, 900, 2, true, true",
    "8, 900, 300, false, false",
    "9, 900, 3000, true, false",
    "10, 900, 20000, true, false",
  })
  void agreesWithCountingByHand(int seed, int messages, int step, boolean late, boolean ahead) {
    for (int round = 0; round < 3; round++) {
      random.setSeed(seed * 1000L + round);
      chunks.clear();
      List<Submission> all = messages(messages, step, late);
      List<JsonNode> policies = ahead ? policies(all) : policiesWithTheSameCounters(all);
      compare("seed " + seed + " round " + round, all, policies, ahead);
    }
  }

  private void compare(String where, List<Submission> all, List<JsonNode> policies, boolean ahead) {
    PolicyBook book = PolicyBook.withoutDefault();
    if (ahead) {
      book.countingAhead();
    }
    for (JsonNode policy : policies) {
      assertThat(book.receive(WireJson.read(policy.toString(), Policy.class)).problems())
          .as(policy.toString())
          .isEmpty();
    }
    NaiveJudge naive = new NaiveJudge(policies, COUNTRIES, TEXTS, BLOCKS);
    Judge judge = new Judge("data");
    Set<String> outcomes = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      Submission message = all.get(i);
      MapChunks rests = chunks.computeIfAbsent(message.customerId(), id -> new MapChunks());
      CustomerMemory memory = new CustomerMemory(rests, HASH);
      memory.open(message.customerId());
      Verdict verdict =
          judge
              .hear(
                  message,
                  book.inForce(message.customerId(), message.submittedAt()),
                  memory,
                  message.submittedAt())
              .verdict();
      memory.close();
      assertThat(said(verdict))
          .as("%s message %d %s of %s", where, i, message, policies)
          .isEqualTo(naive.hear(message));
      outcomes.add(verdict.outcome().name());
    }
    assertThat(outcomes).as("a stream that shows something").hasSizeGreaterThan(1);
  }

  private static NaiveJudge.Expected said(Verdict verdict) {
    Set<String> findings = new TreeSet<>();
    verdict
        .findings()
        .forEach(
            f ->
                findings.add(
                    f.ruleId()
                        + " v"
                        + f.ruleVersion()
                        + " "
                        + f.action()
                        + (f.shadow() ? " shadow " : " live ")
                        + f.observed()
                        + "/"
                        + f.limit()));
    return new NaiveJudge.Expected(
        verdict.outcome().name(), findings, verdict.policyVersion(), verdict.defaultVersion());
  }

  private List<Submission> messages(int count, int step, boolean late) {
    List<Submission> all = new ArrayList<>();
    List<Long> times = new ArrayList<>(List.of(SampleMessages.NOON.toEpochMilli()));
    long newest = times.get(0);
    for (int i = 0; i < count; i++) {
      long at = newest + random.nextInt(2 * step);
      if (random.nextBoolean()) {
        // At the edge of a window that some earlier message began, or of the identity memory.
        long earlier = times.get(Math.max(0, times.size() - 1 - random.nextInt(60)));
        long edge = earlier + pick(WINDOWS) * 1000L + random.nextInt(3) - 1;
        long oldest = late ? newest - LATEST : newest;
        at = edge >= oldest && edge < newest + 40L * step ? edge : at;
      } else if (late && random.nextInt(4) == 0) {
        at = newest - random.nextInt((int) LATEST);
      }
      newest = Math.max(newest, at);
      times.add(at);
      all.add(message(all, i, at));
    }
    return all;
  }

  private Submission message(List<Submission> earlier, int i, long at) {
    if (i > 0 && random.nextInt(12) == 0) {
      Submission again = earlier.get(Math.max(0, i - 1 - random.nextInt(40)));
      return new Submission(
          again.customerId(),
          again.messageId(),
          Instant.ofEpochMilli(at),
          again.senderId(),
          again.recipient(),
          random.nextInt(4) == 0 ? pick(List.copyOf(TEXTS.keySet())) : again.text(),
          again.originIp(),
          again.channel(),
          null,
          true);
    }
    return new Submission(
        pick(CUSTOMERS),
        "m" + i,
        Instant.ofEpochMilli(at),
        pick(SENDERS),
        pick(NUMBERS),
        pick(List.copyOf(TEXTS.keySet())),
        random.nextInt(5) == 0 ? null : pick(ADDRESSES),
        Channel.API,
        null,
        true);
  }

  /** Some versions for everybody, each from an instant at or beside a message. */
  private List<JsonNode> policies(List<Submission> messages) {
    List<JsonNode> policies = new ArrayList<>();
    List<String> owners = new ArrayList<>(CUSTOMERS);
    owners.add("default");
    for (String owner : owners) {
      int versions = 1 + random.nextInt(4);
      for (int version = 1; version <= versions; version++) {
        ObjectNode policy = WireJson.mapper().createObjectNode();
        policy.put("customerId", owner).put("version", version);
        if (version > 1 || random.nextBoolean()) {
          policy.put("effectiveFrom", near(messages));
        }
        if (random.nextInt(8) == 0) {
          policies.add(policy.put("removed", true));
          continue;
        }
        ArrayNode rules = policy.putArray("rules");
        for (int id = 0; id < 6; id++) {
          if (random.nextBoolean()) {
            rules.add(rule(id, version, owner.equals("default")));
          }
        }
        if (random.nextInt(6) == 0) {
          policy.putObject("frozen").put("reason", "test").put("until", near(messages));
        }
        if (random.nextInt(3) == 0) {
          ObjectNode exception = policy.putArray("exceptions").addObject();
          exception.put("rule", "r" + random.nextInt(6)).put("until", near(messages));
          if (random.nextBoolean()) {
            exception.put("what", pick(List.of("NO", "GG")));
          }
        }
        policies.add(policy);
      }
    }
    Collections.shuffle(owners, random);
    policies.sort(Comparator.comparing(p -> owners.indexOf(p.get("customerId").asText())));
    return policies;
  }

  /** Versions that differ in all but what is counted for how long. */
  private List<JsonNode> policiesWithTheSameCounters(List<Submission> messages) {
    List<JsonNode> policies = new ArrayList<>();
    List<ObjectNode> counters = new ArrayList<>();
    for (int id = 0; id < 4; id++) {
      counters.add((ObjectNode) rule(0, 1, false));
    }
    for (int version = 1; version <= 4; version++) {
      ObjectNode policy = WireJson.mapper().createObjectNode();
      policy.put("customerId", "default").put("version", version);
      if (version > 1) {
        policy.put("effectiveFrom", near(messages));
      }
      ArrayNode rules = policy.putArray("rules");
      for (int i = 0; i < counters.size(); i++) {
        ObjectNode rule = counters.get(i).deepCopy();
        rule.put("id", "r" + i)
            .put("version", version)
            .put("state", pick(List.of("live", "shadow")));
        rules.add(rule.put("limit", random.nextInt(9)).put("action", pick(ACTIONS)));
      }
      policies.add(policy);
    }
    return policies;
  }

  private String near(List<Submission> messages) {
    return pick(messages).submittedAt().plusMillis(random.nextInt(3) - 1).toString();
  }

  private JsonNode rule(int id, int version, boolean isDefault) {
    ObjectNode rule = WireJson.mapper().createObjectNode();
    // A kind belongs to an id; now and then one comes with another.
    int kind = random.nextInt(20) == 0 ? random.nextInt(6) : id;
    rule.put("id", "r" + id).put("version", version).put("action", pick(ACTIONS));
    int state = random.nextInt(6);
    rule.put("state", state == 0 ? "retired" : state == 1 ? "shadow" : "live");
    if (isDefault && random.nextInt(6) == 0) {
      rule.put("locked", true);
    }
    if (kind == 4) {
      rule.put("kind", "country-policy");
      ArrayNode list = rule.putArray(random.nextBoolean() ? "allowed" : "blocked");
      COUNTRIES.values().stream()
          .distinct()
          .sorted()
          .filter(c -> random.nextInt(3) > 0)
          .forEach(list::add);
    } else if (kind == 5) {
      rule.put("kind", "url-whitelist");
      ArrayNode list = rule.putArray("allowed");
      List.of("klubben.example", "*.klubben.example", "https://klubben.example/a", "butikk.example")
          .forEach(entry -> random.ints(1, 0, 3).filter(n -> n == 0).forEach(n -> list.add(entry)));
    } else {
      rule.put("kind", "volume-limit").put("limit", random.nextInt(9));
      rule.put("windowSeconds", pick(WINDOWS)).put("per", pick(PERS));
      if (rule.get("per").asText().equals("prefix") && random.nextBoolean()) {
        rule.put("prefixDigits", 1 + random.nextInt(15));
      }
      if (random.nextInt(3) == 0) {
        rule.put("unit", pick(List.of("message", "segment")));
      }
      if (isDefault && random.nextInt(4) == 0) {
        rule.putObject("bounds").putObject("limit").put("max", 4);
      }
    }
    return rule;
  }

  private int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
