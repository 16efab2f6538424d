package no.front.vakt.rules;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.policy.PolicyBook;
import no.front.vakt.rules.signal.CustomerMemory;
import no.front.vakt.rules.signal.MapChunks;
import no.front.vakt.rules.verdict.Judge;
import no.front.vakt.rules.verdict.Ruling;

/** A judge with a policy book and memories of its own, for tests that hear a few messages. */
public final class Hearing {
  /** Stamp of all verdicts. */
  public static final Instant DECIDED_AT = SampleMessages.NOON.plusSeconds(1);

  private static final KeyedHash HASH = KeyRing.generate().hashing();

  private final PolicyBook book;
  private final Judge judge = new Judge("data-1");
  private final Map<String, MapChunks> chunks = new HashMap<>();
  private int sent;

  private Hearing(PolicyBook book) {
    this.book = book;
  }

  /** A hearing under policies given as JSON, apostrophes for quotation marks; nothing inherited. */
  public static Hearing under(String... policies) {
    Hearing hearing = new Hearing(PolicyBook.withoutDefault());
    for (String policy : policies) {
      List<FieldProblem> problems = hearing.book.receive(policy(policy)).problems();
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(problems.toString());
      }
    }
    return hearing;
  }

  /** A hearing under one default policy with these rules. */
  public static Hearing underRules(String... rules) {
    return under("{'customerId':'default','version':1,'rules':[" + String.join(",", rules) + "]}");
  }

  /** A policy from JSON with apostrophes for quotation marks. */
  public static Policy policy(String json) {
    return WireJson.read(json.replace('\'', '"'), Policy.class);
  }

  /** What is wrong with a rule, each problem as {@code field: reason}. */
  public static List<String> problemsOf(String rule) {
    return PolicyBook.problems(policy("{'customerId':'c','version':1,'rules':[" + rule + "]}"))
        .stream()
        .map(FieldProblem::toString)
        .toList();
  }

  /** A message nothing is wrong with, so long after noon, with an id of its own. */
  public Submission message(long millisAfterNoon) {
    return SampleMessages.message(
        "klubben", "m" + sent++, SampleMessages.NOON.plusMillis(millisAfterNoon));
  }

  /** Judges a message. */
  public Ruling hear(Submission message) {
    CustomerMemory memory =
        new CustomerMemory(
            chunks.computeIfAbsent(message.customerId(), id -> new MapChunks()), HASH);
    memory.open(message.customerId());
    Ruling ruling =
        judge.hear(
            message, book.inForce(message.customerId(), message.submittedAt()), memory, DECIDED_AT);
    memory.close();
    return ruling;
  }

  /** Judges a message. */
  public Verdict judge(Submission message) {
    return hear(message).verdict();
  }

  /** Judges a message nothing else is wrong with. */
  public Outcome outcomeAt(long millisAfterNoon) {
    return judge(message(millisAfterNoon)).outcome();
  }

  /** The findings of a message. */
  public List<Finding> findings(Submission message) {
    return judge(message).findings();
  }
}
