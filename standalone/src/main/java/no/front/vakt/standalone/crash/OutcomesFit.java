package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;

/**
 * Every held message waits somewhere, and the end that stands fits what was delivered (design
 * decision 12). The first end of an identity stands: a message whose time runs out between a crash
 * and its being read again may be told of once more, and otherwise (decision 0011).
 */
final class OutcomesFit implements Check {
  /** By whom a message ends that found no room to be parked. */
  private static final String HOLD_FULL = "hold-full";

  @Override
  public String claim() {
    return "every HOLD is parked, and each end fits the delivery";
  }

  @Override
  public Result examine(Evidence evidence) {
    Map<MessageIdentity, Set<MessageState>> states = new HashMap<>();
    Map<MessageIdentity, MessageState> ends = new HashMap<>();
    Map<MessageIdentity, String> turnedAway = new HashMap<>();
    long toldOtherwise = 0;
    for (MessageOutcome outcome : evidence.logs().outcomes()) {
      var identity = new MessageIdentity(outcome.customerId(), outcome.messageId());
      states
          .computeIfAbsent(identity, id -> EnumSet.noneOf(MessageState.class))
          .add(outcome.state());
      if (outcome.state() != MessageState.PARKED) {
        MessageState first = ends.putIfAbsent(identity, outcome.state());
        toldOtherwise += first != null && first != outcome.state() ? 1 : 0;
      }
      if (HOLD_FULL.equals(outcome.by())) {
        turnedAway.put(identity, HOLD_FULL);
      }
    }
    List<String> violations = new ArrayList<>();
    long held = 0;
    for (Logs.Judged judged : evidence.effective().values()) {
      if (judged.verdict().outcome() == Outcome.HOLD && judged.deliver()) {
        held++;
        Set<MessageState> known = states.getOrDefault(judged.identity(), Set.of());
        boolean isOver = judged.hasLimitedValidity() && known.contains(MessageState.EXPIRED);
        if (!known.contains(MessageState.PARKED)
            && !isOver
            && !turnedAway.containsKey(judged.identity())) {
          violations.add(Check.about(judged.identity(), "held, but no outcome says it is parked"));
        }
      }
    }
    Set<MessageIdentity> delivered =
        evidence.logs().delivery().stream().map(Logs.Ordered::identity).collect(Collectors.toSet());
    states.forEach(
        (identity, known) -> {
          MessageState end = ends.get(identity);
          if (end != null && end != MessageState.SENT && delivered.contains(identity)) {
            violations.add(Check.about(identity, "delivered, but it ended " + end));
          }
          if (end == MessageState.SENT && !delivered.contains(identity)) {
            violations.add(Check.about(identity, "told as sent, but not delivered"));
          }
          Logs.Judged judged = evidence.effective().get(identity);
          if (judged == null) {
            violations.add(Check.about(identity, "has an outcome, but was never judged"));
          } else if (known.contains(MessageState.PARKED)
              && judged.verdict().outcome() != Outcome.HOLD) {
            violations.add(
                Check.about(identity, "parked, but judged " + judged.verdict().outcome()));
          }
        });
    if (evidence.logs().outcomes().isEmpty() && held > 0) {
      return Result.notRunning(claim(), "sms.outcomes");
    }
    return Result.of(claim(), held, violations, toldOtherwise + " ended again otherwise");
  }
}
