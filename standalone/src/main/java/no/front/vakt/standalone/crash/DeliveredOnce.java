package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;

/**
 * What may go, goes, and nothing else does: every effective ALLOW is on {@code sms.delivery}, once
 * as (customerId, messageId) dedupe sees it, with the very content that was judged.
 */
final class DeliveredOnce implements Check {
  @Override
  public String claim() {
    return "every ALLOW is delivered, and nothing else is";
  }

  @Override
  public Result examine(Evidence evidence) {
    Map<MessageIdentity, Logs.Ordered> ordered = new HashMap<>();
    List<String> violations = new ArrayList<>();
    Set<MessageIdentity> released = new HashSet<>();
    for (HoldDecision decision : evidence.logs().releases()) {
      if (decision.decision() == HoldChoice.RELEASE) {
        released.add(new MessageIdentity(decision.customerId(), decision.messageId()));
      }
    }
    for (Logs.Ordered order : evidence.logs().delivery()) {
      Logs.Ordered before = ordered.putIfAbsent(order.identity(), order);
      if (before == null) {
        String problem = problem(order, evidence, released);
        if (!problem.isEmpty()) {
          violations.add(Check.about(order.identity(), problem));
        }
      } else if (before.content() != order.content()) {
        violations.add(Check.about(order.identity(), "delivered twice with different content"));
      }
    }
    Set<MessageIdentity> expired = new HashSet<>();
    for (MessageOutcome outcome : evidence.logs().outcomes()) {
      if (outcome.state() == MessageState.EXPIRED) {
        expired.add(new MessageIdentity(outcome.customerId(), outcome.messageId()));
      }
    }
    long due = 0;
    for (Logs.Judged judged : evidence.effective().values()) {
      if (judged.verdict().outcome() == Outcome.ALLOW && judged.deliver()) {
        due++;
        if (!ordered.containsKey(judged.identity()) && !isWorthless(judged, expired)) {
          violations.add(Check.about(judged.identity(), "allowed, but not on sms.delivery"));
        }
      }
    }
    if (evidence.logs().delivery().isEmpty() && due > 0) {
      return Result.notRunning(claim(), "sms.delivery");
    }
    long duplicates = evidence.logs().delivery().size() - ordered.size();
    return Result.of(claim(), due, violations, duplicates + " duplicates for dedupe to drop");
  }

  /** What had to be sent by a time that was over is not sent any more, and somebody says so. */
  private static boolean isWorthless(Logs.Judged judged, Set<MessageIdentity> expired) {
    return judged.hasLimitedValidity() && expired.contains(judged.identity());
  }

  private static String problem(
      Logs.Ordered order, Evidence evidence, Set<MessageIdentity> released) {
    Logs.Judged judged = evidence.effective().get(order.identity());
    if (judged == null) {
      return "delivered, but never judged";
    }
    if (!judged.deliver()) {
      return "delivered, but handed in to be judged only";
    }
    Outcome outcome = judged.verdict().outcome();
    if (outcome == Outcome.BLOCK
        || outcome == Outcome.HOLD && !released.contains(order.identity())) {
      return "delivered, but judged " + outcome;
    }
    return order.content() == judged.content() ? "" : "delivered with other content than judged";
  }
}
