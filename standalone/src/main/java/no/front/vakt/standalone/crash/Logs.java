package no.front.vakt.standalone.crash;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Verdict;

/**
 * What stands on the topics once all is quiet, each list in log order within a customer.
 *
 * @param submitted identities in the order of their first record
 * @param verdicts every verdict, those read again included
 * @param delivery every order that may go to an operator
 */
record Logs(
    Set<MessageIdentity> submitted,
    List<Judged> verdicts,
    List<Ordered> delivery,
    List<HoldDecision> releases,
    List<MessageOutcome> outcomes,
    List<Alert> alerts,
    List<Policy> policies) {

  Logs {
    submitted = new LinkedHashSet<>(submitted);
    verdicts = List.copyOf(verdicts);
    delivery = List.copyOf(delivery);
    releases = List.copyOf(releases);
    outcomes = List.copyOf(outcomes);
    alerts = List.copyOf(alerts);
    policies = List.copyOf(policies);
  }

  /**
   * A verdict and what of its message the checks need.
   *
   * @param recipient opened; never printed
   * @param hasLimitedValidity whether it is worthless after some instant
   * @param content stands for the sealed submission as the door wrote it
   */
  record Judged(
      Verdict verdict,
      Instant submittedAt,
      String senderId,
      String recipient,
      boolean deliver,
      boolean hasLimitedValidity,
      int content) {
    MessageIdentity identity() {
      return verdict.identity();
    }
  }

  /** An order and what stands for the sealed submission in it. */
  record Ordered(MessageIdentity identity, int content) {}

  /** The first verdict of every identity: the one that counts (design decision 4). */
  Map<MessageIdentity, Judged> effective() {
    Map<MessageIdentity, Judged> first = new LinkedHashMap<>();
    verdicts.forEach(judged -> first.putIfAbsent(judged.identity(), judged));
    return first;
  }
}
