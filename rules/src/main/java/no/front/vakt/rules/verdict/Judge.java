package no.front.vakt.rules.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Frozen;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.rules.message.Message;
import no.front.vakt.rules.policy.CustomerPolicy;
import no.front.vakt.rules.policy.RuleFault;
import no.front.vakt.rules.rule.Exceptions;
import no.front.vakt.rules.rule.Rule;
import no.front.vakt.rules.rule.RuleKind;
import no.front.vakt.rules.signal.ChunkStore;
import no.front.vakt.rules.signal.Counter;
import no.front.vakt.rules.signal.CustomerMemory;

/**
 * The one judge. All rules are examined first; the strongest live action is the outcome; then, only
 * when that is ALLOW, the counters advance once (design decision 8). Reads no clock and no network,
 * never throws because of a rule: one that fails becomes a finding {@code rule-fault} and the
 * others decide. Memory that cannot be reached is no rule's fault and is thrown on.
 */
public final class Judge {
  private static final int SURE = 100;

  private final String dataVersion;

  /**
   * A judge.
   *
   * @param dataVersion hash of the reference data, stamped on every verdict
   */
  public Judge(String dataVersion) {
    this.dataVersion = dataVersion;
  }

  /**
   * Hears one message: recognises a repeat, or judges, counts and remembers it.
   *
   * @param submission the message, its submittedAt the event time it is judged at
   * @param policy what is in force for the customer at that time
   * @param memory the customer's memory, open
   * @param decidedAt stamp of the verdict
   */
  public Ruling hear(
      Submission submission, CustomerPolicy policy, CustomerMemory memory, Instant decidedAt) {
    CustomerMemory.Remembered first = memory.find(submission);
    if (first != null && !first.sameContent()) {
      Verdict refused =
          verdict(submission, policy, Outcome.BLOCK, SURE, List.of(BuiltIn.idReused()), decidedAt);
      return new Ruling(Ruling.Kind.ID_REUSED, refused);
    }
    if (first != null) {
      Finding repeat = BuiltIn.repeat(first.atMillis());
      Verdict again = verdict(submission, policy, first.outcome(), 0, List.of(repeat), decidedAt);
      return new Ruling(Ruling.Kind.REPEAT, again);
    }
    Verdict verdict = judge(submission, policy, memory, decidedAt);
    memory.remember(submission, verdict.outcome());
    return new Ruling(Ruling.Kind.JUDGED, verdict);
  }

  /** The verdict of a message that cannot be read but whose identity can: it is held. */
  public Ruling unreadable(MessageIdentity identity, Instant decidedAt) {
    return new Ruling(
        Ruling.Kind.UNREADABLE,
        new Verdict(
            identity.customerId(),
            identity.messageId(),
            Outcome.HOLD,
            SURE,
            decidedAt,
            0,
            0,
            dataVersion,
            List.of(BuiltIn.unreadable())));
  }

  private Verdict judge(
      Submission submission, CustomerPolicy policy, CustomerMemory memory, Instant decidedAt) {
    Message message = new Message(submission);
    List<Scored> findings = examine(message, policy, memory);
    Action strongest = Action.OBSERVE;
    int score = 0;
    for (Scored scored : findings) {
      if (!scored.finding.shadow()) {
        if (scored.finding.action().compareTo(strongest) > 0) {
          strongest = scored.finding.action();
        }
        score = Math.max(score, scored.strength);
      }
    }
    Outcome outcome = strongest.outcome();
    if (outcome == Outcome.ALLOW) {
      count(message, policy, memory);
    }
    return verdict(submission, policy, outcome, score, sorted(findings), decidedAt);
  }

  private record Scored(Finding finding, int strength) {}

  private static List<Scored> examine(
      Message message, CustomerPolicy policy, CustomerMemory memory) {
    List<Scored> findings = new ArrayList<>();
    Instant at = message.submission().submittedAt();
    Frozen frozen = policy.frozenAt(at);
    if (frozen != null) {
      findings.add(new Scored(BuiltIn.frozen(frozen), SURE));
    }
    for (RuleFault fault : policy.faults()) {
      findings.add(new Scored(BuiltIn.fault(fault), 0));
    }
    for (Rule rule : policy.rules()) {
      Optional<Exceptions> exceptions = policy.exceptionsFrom(rule, at);
      if (exceptions.isPresent()) {
        examine(rule, message, memory, exceptions.get()).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Scored> examine(
      Rule rule, Message message, CustomerMemory memory, Exceptions exceptions) {
    try {
      return rule.examine(message, memory, exceptions)
          .map(finding -> new Scored(finding, rule.strength(finding)));
    } catch (ChunkStore.Failure e) {
      // No fault of the rule: without its memory nothing can be judged.
      throw e;
    } catch (RuntimeException e) {
      RuleFault fault =
          new RuleFault(
              rule.head().id(),
              rule.head().version(),
              RuleKind.of(rule).wireName(),
              "failed",
              rule.head().shadow());
      return Optional.of(new Scored(BuiltIn.fault(fault), 0));
    }
  }

  private static void count(Message message, CustomerPolicy policy, CustomerMemory memory) {
    for (CustomerPolicy.Watched watched : policy.watched()) {
      for (String value : values(message, watched.counter())) {
        memory.count(
            watched.counter(),
            value,
            message.atMillis(),
            message.segments(),
            watched.retentionMillis());
      }
    }
  }

  /** What cannot be worked out has failed its rule already, and is not counted. */
  private static List<String> values(Message message, Counter counter) {
    try {
      return message.values(counter);
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  private static List<Finding> sorted(List<Scored> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing((Scored s) -> s.finding.shadow())
                .thenComparing(s -> s.finding.action(), Comparator.reverseOrder())
                .thenComparing(Scored::strength, Comparator.reverseOrder())
                .thenComparing(s -> s.finding.ruleId())
                .thenComparing(s -> s.finding.ruleVersion()))
        .limit(Verdict.MAX_FINDINGS)
        .map(Scored::finding)
        .toList();
  }

  private Verdict verdict(
      Submission submission,
      CustomerPolicy policy,
      Outcome outcome,
      int score,
      List<Finding> findings,
      Instant decidedAt) {
    return new Verdict(
        submission.customerId(),
        submission.messageId(),
        outcome,
        score,
        decidedAt,
        policy.version(),
        policy.defaultVersion(),
        dataVersion,
        findings);
  }
}
