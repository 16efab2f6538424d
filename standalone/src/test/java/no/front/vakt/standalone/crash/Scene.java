package no.front.vakt.standalone.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;

/** A small world for a check to judge: one customer, messages by their ids, built step by step. */
final class Scene {
  static final String CUSTOMER = "borettslaget";
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final String NUMBER = "+4799900001";

  final Map<MessageIdentity, Told> told = new LinkedHashMap<>();
  final Set<MessageIdentity> submitted = new LinkedHashSet<>();
  final List<Logs.Judged> verdicts = new ArrayList<>();
  final List<Logs.Ordered> delivery = new ArrayList<>();
  final List<HoldDecision> releases = new ArrayList<>();
  final List<MessageOutcome> outcomes = new ArrayList<>();
  final List<Alert> alerts = new ArrayList<>();
  final List<Policy> policies = new ArrayList<>();

  private final Set<String> limitedValidity = new HashSet<>();

  static MessageIdentity id(String messageId) {
    return new MessageIdentity(CUSTOMER, messageId);
  }

  static Finding finding(String ruleId, Action action) {
    return new Finding(ruleId, 1, "volume-limit", action, false, 3L, 2L, 60, Map.of(), null);
  }

  static Finding shadow(String ruleId, Action action) {
    return new Finding(ruleId, 1, "volume-limit", action, true, 3L, 2L, 60, Map.of(), null);
  }

  /** Said before it is judged: the message is worthless after a while. */
  Scene limited(String messageId) {
    limitedValidity.add(messageId);
    return this;
  }

  Scene accepted(String messageId) {
    told.put(id(messageId), Told.NOTHING.triedAgain().accepted());
    return this;
  }

  Scene toldVerdict(String messageId, Outcome outcome, Finding... findings) {
    told.put(
        id(messageId),
        Told.NOTHING.triedAgain().judged(verdict(messageId, outcome, NOON, 0, findings)));
    return this;
  }

  Scene submitted(String messageId) {
    submitted.add(id(messageId));
    return this;
  }

  Scene judged(String messageId, Outcome outcome, Finding... findings) {
    return judgedAt(messageId, outcome, NOON, 0, true, findings);
  }

  Scene judgedAt(
      String messageId,
      Outcome outcome,
      Instant at,
      long policyVersion,
      boolean deliver,
      Finding... findings) {
    verdicts.add(
        new Logs.Judged(
            verdict(messageId, outcome, at, policyVersion, findings),
            at,
            "Laget",
            NUMBER,
            deliver,
            limitedValidity.contains(messageId),
            messageId.hashCode()));
    return submitted(messageId);
  }

  private static Verdict verdict(
      String messageId, Outcome outcome, Instant at, long policyVersion, Finding... findings) {
    return new Verdict(
        CUSTOMER, messageId, outcome, 0, at, policyVersion, 0, "data", List.of(findings));
  }

  Scene delivered(String messageId) {
    delivery.add(new Logs.Ordered(id(messageId), messageId.hashCode()));
    return this;
  }

  Scene released(String messageId) {
    releases.add(new HoldDecision(CUSTOMER, messageId, HoldChoice.RELEASE, "kari", NOON));
    return this;
  }

  Scene became(String messageId, MessageState state, String by) {
    outcomes.add(new MessageOutcome(CUSTOMER, messageId, state, NOON, by));
    return this;
  }

  Scene policy(String json) {
    policies.add(WireJson.read(json, Policy.class));
    return this;
  }

  Check.Result examinedBy(Check check) {
    return check.examine(
        Check.Evidence.of(
            told, new Logs(submitted, verdicts, delivery, releases, outcomes, alerts, policies)));
  }
}
