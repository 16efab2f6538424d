package no.front.vakt.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.MailReceipt;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Verdict;

/**
 * The sums of one run, as the topics tell them: of each message the first verdict and the first
 * delivery count. What was there before the run is passed over. Any thread.
 */
final class Tally {
  /** In place of a customer: the mails to Front's own people. */
  static final String STAFF = "(staff)";

  private final Instant since;
  private final Map<String, Sums> customers = new LinkedHashMap<>();
  private final Map<MessageIdentity, Outcome> verdicts = new HashMap<>();
  private final Set<MessageIdentity> delivered = new HashSet<>();
  private final Map<MessageIdentity, MessageState> states = new HashMap<>();
  private final Map<String, String> alerts = new HashMap<>();
  private final Map<MailReceipt, String> mails = new LinkedHashMap<>();
  private final Set<String> attempts = new HashSet<>();
  private final Map<Outcome, MessageIdentity> newest = new EnumMap<>(Outcome.class);

  /** What is counted of one customer while it happens. */
  private static final class Sums {
    private long sent;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Long> why = new TreeMap<>();
    private final Map<RefusedBecause, Long> refused = new EnumMap<>(RefusedBecause.class);

    private long of(Outcome outcome) {
      return outcomes.getOrDefault(outcome, 0L);
    }
  }

  /**
   * One line of the closing table.
   *
   * @param sent calls with a message that the door took
   * @param delivered on their way to an operator
   * @param mails that a mail server has
   * @param why messages held or stopped, by the rule that decided
   * @param refused calls refused at the door, by reason
   */
  record Row(
      String customer,
      long sent,
      long allowed,
      long held,
      long stopped,
      long delivered,
      long mails,
      Map<String, Long> why,
      Map<RefusedBecause, Long> refused) {
    long judged() {
      return allowed + held + stopped;
    }
  }

  /**
   * Sums that are all zero.
   *
   * @param since what happened before then is another run's
   */
  Tally(Instant since, List<String> customers) {
    this.since = since;
    customers.forEach(customer -> this.customers.put(customer, new Sums()));
  }

  private Sums sums(String customer) {
    return customers.computeIfAbsent(customer, c -> new Sums());
  }

  /** The door has taken a message. */
  synchronized void sent(String customer) {
    sums(customer).sent++;
  }

  /** Counts a verdict; false when it is not the first for its message, or another run's. */
  synchronized boolean verdict(Verdict verdict) {
    if (verdict.decidedAt().isBefore(since)
        || verdicts.putIfAbsent(verdict.identity(), verdict.outcome()) != null) {
      return false;
    }
    var sums = sums(verdict.customerId());
    sums.outcomes.merge(verdict.outcome(), 1L, Long::sum);
    newest.put(verdict.outcome(), verdict.identity());
    deciding(verdict).ifPresent(finding -> sums.why.merge(finding.ruleId(), 1L, Long::sum));
    return true;
  }

  /** The finding that decided that a message is not sent. */
  static Optional<Finding> deciding(Verdict verdict) {
    return verdict.outcome() == Outcome.ALLOW
        ? Optional.empty()
        : verdict.findings().stream()
            .filter(finding -> !finding.shadow())
            .filter(finding -> finding.action().outcome() == verdict.outcome())
            .findFirst();
  }

  /** A message is on its way to an operator. */
  synchronized void delivery(DeliveryOrder order) {
    if (!order.orderedAt().isBefore(since)) {
      JsonNode submission = order.submission();
      delivered.add(
          new MessageIdentity(
              submission.path("customerId").asText(), submission.path("messageId").asText()));
    }
  }

  /** Something has become of a message. */
  synchronized void outcome(MessageOutcome outcome) {
    if (!outcome.at().isBefore(since)) {
      states.put(new MessageIdentity(outcome.customerId(), outcome.messageId()), outcome.state());
    }
  }

  /** Somebody is to be told of something. */
  synchronized void alert(Alert alert) {
    if (!alert.raisedAt().isBefore(since)) {
      var customer = alert.customerId();
      alerts.put(
          alert.alertId(),
          alert.audience() == AlertAudience.STAFF || customer == null ? STAFF : customer);
    }
  }

  /** A mail server has a mail. */
  synchronized void mail(MailReceipt receipt) {
    if (receipt.problem() == null) {
      mails.put(
          new MailReceipt(receipt.alertId(), receipt.recipientHash(), Instant.EPOCH, null),
          receipt.alertId());
    }
  }

  /** A call was made to the customer API; counts the refused ones, false for all others. */
  synchronized boolean attempt(AccessAttempt attempt) {
    var reason = attempt.refusedBecause();
    if (reason == null
        || attempt.attemptedAt().isBefore(since)
        || !attempts.add(attempt.attemptId())) {
      return false;
    }
    sums(attempt.customerId()).refused.merge(reason, 1L, Long::sum);
    return true;
  }

  /** How many messages have a verdict. */
  synchronized long judged() {
    return verdicts.size();
  }

  /** How many messages ended so. */
  synchronized long count(Outcome outcome) {
    return customers.values().stream().mapToLong(sums -> sums.of(outcome)).sum();
  }

  /** How many messages of this run are in that state. */
  synchronized long count(MessageState state) {
    return states.entrySet().stream()
        .filter(entry -> entry.getValue() == state && verdicts.containsKey(entry.getKey()))
        .count();
  }

  /** How many of this run's messages are on their way to an operator. */
  synchronized long delivered() {
    return delivered.stream().filter(verdicts::containsKey).count();
  }

  /** How many messages the door took. */
  synchronized long sent() {
    return customers.values().stream().mapToLong(sums -> sums.sent).sum();
  }

  /** Whatever is counted, counted together: it stands still when nothing happens any more. */
  synchronized long everything() {
    return verdicts.size() + delivered.size() + states.size() + alerts.size() + mails.size();
  }

  /** A message that ended so, the newest. */
  synchronized Optional<MessageIdentity> newest(Outcome outcome) {
    return Optional.ofNullable(newest.get(outcome));
  }

  /** Mails to Front's own people. */
  synchronized long staffMails() {
    return mails(STAFF);
  }

  private long mails(String whose) {
    return mails.values().stream().filter(alert -> whose.equals(alerts.get(alert))).count();
  }

  /** One row a customer, in the order they were named. */
  synchronized List<Row> rows() {
    return customers.entrySet().stream()
        .map(
            entry -> {
              var customer = entry.getKey();
              var sums = entry.getValue();
              return new Row(
                  customer,
                  sums.sent,
                  sums.of(Outcome.ALLOW),
                  sums.of(Outcome.HOLD),
                  sums.of(Outcome.BLOCK),
                  delivered.stream()
                      .filter(one -> one.customerId().equals(customer))
                      .filter(verdicts::containsKey)
                      .count(),
                  mails(customer),
                  new TreeMap<>(sums.why),
                  new TreeMap<>(sums.refused));
            })
        .toList();
  }
}
