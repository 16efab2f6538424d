package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.scoring.Traffic.NOON;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.scoring.Traffic;

/** Records as they stand on the topics that alerts read, and alerts as they are written. */
final class Told {
  static final Duration INTERVAL = Duration.ofMinutes(15);
  static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
  static final String CEILING = "own-ceiling";

  private Told() {}

  static AlertOptions options() {
    return options(50, 10_000);
  }

  static AlertOptions options(int burstLimit, int waitingLimit) {
    return new AlertOptions(
        Traffic.keys(), INTERVAL, burstLimit, Duration.ofMinutes(5), waitingLimit, 7, OSLO);
  }

  static Finding finding(String ruleId, Action action, boolean shadow) {
    return new Finding(
        ruleId,
        3,
        "volume-limit",
        action,
        shadow,
        11L,
        10L,
        600,
        Map.of("per", "sender", "value", "Klubben", "unit", "message"),
        null);
  }

  static Finding builtIn(String kind, Action action) {
    return new Finding(kind, 1, kind, action, false, null, null, null, Map.of(), null);
  }

  static RawRecord held(String id, Instant at) {
    return judged("club", id, at, finding(CEILING, Action.HOLD, false));
  }

  static RawRecord judged(String customerId, String id, Instant at, Finding... findings) {
    Submission message = SampleMessages.message(customerId, id, at);
    return judged(message, at, Traffic.KEYS, findings);
  }

  static RawRecord judged(Submission message, Instant at, KeyRing keys, Finding... findings) {
    Outcome outcome =
        Arrays.stream(findings)
            .filter(finding -> !finding.shadow())
            .map(Finding::action)
            .max(Action::compareTo)
            .orElse(Action.OBSERVE)
            .outcome();
    Verdict verdict =
        new Verdict(
            message.customerId(),
            message.messageId(),
            outcome,
            50,
            at,
            1,
            1,
            "data",
            List.of(findings));
    SealedSubmission sealed = SealedSubmission.seal(message, keys.sealing());
    return record(
        Topics.SMS_VERDICTS,
        message.customerId(),
        WireJson.bytes(new JudgedMessage(verdict, WireJson.mapper().valueToTree(sealed))),
        at);
  }

  static RawRecord record(Topics topic, String key, byte[] value, Instant logged) {
    RawRecord raw = RawRecord.of(topic, key, value);
    raw.logMillis = logged.toEpochMilli();
    return raw;
  }

  static RawRecord attempt(
      String customerId, String id, Instant at, String address, RefusedBecause why, boolean right) {
    MessageIdentity identity = new MessageIdentity(customerId, id);
    AccessAttempt attempt =
        new AccessAttempt(
            id,
            customerId,
            at,
            Traffic.KEYS.sealing().seal(address, SealedField.ORIGIN_IP, identity),
            Traffic.KEYS.hashing().of("origin", address),
            why,
            right);
    return record(Topics.VAKT_ACCESS_ATTEMPTS, customerId, WireJson.bytes(attempt), at);
  }

  static List<Alert> alerts(List<Outgoing> out) {
    return out.stream()
        .filter(outgoing -> outgoing.topic == Topics.VAKT_ALERTS)
        .map(outgoing -> WireJson.read(outgoing.value, Alert.class))
        .toList();
  }

  static List<DeadLetter> deadLetters(List<Outgoing> out) {
    return out.stream()
        .filter(outgoing -> outgoing.topic == Topics.VAKT_DEAD_LETTERS)
        .map(outgoing -> WireJson.read(outgoing.value, DeadLetter.class))
        .toList();
  }

  static List<Alert> ofRaised(List<Raised> raised) {
    List<Alert> alerts = new ArrayList<>();
    for (Raised each : raised) {
      alerts.add(WireJson.read(each.forCustomer, Alert.class));
      alerts.add(WireJson.read(each.forStaff, Alert.class));
    }
    return alerts;
  }

  static Instant noonPlus(Duration duration) {
    return NOON.plus(duration);
  }
}
