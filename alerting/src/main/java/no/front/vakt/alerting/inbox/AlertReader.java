package no.front.vakt.alerting.inbox;

import java.util.List;
import java.util.function.Predicate;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.MessageSample;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;

/** Reads an alert and refuses one that no mail could be written of. */
final class AlertReader {
  private static final int LONGEST_ID = 64;

  private AlertReader() {}

  /** The alert; throws {@link InvalidRecordException} with every problem. */
  static Alert read(byte @Nullable [] value) {
    if (value == null) {
      throw new InvalidRecordException("", "is empty");
    }
    Alert alert = WireJson.read(value, Alert.class);
    Problems problems = new Problems();
    problems.require(
        alert.alertId() != null
            && !alert.alertId().isBlank()
            && alert.alertId().length() <= LONGEST_ID,
        "alertId",
        "is missing or too long");
    problems.require(alert.audience() != null, "audience", "is missing");
    problems.require(
        alert.audience() != AlertAudience.CUSTOMER || alert.customerId() != null,
        "customerId",
        "is missing");
    problems.require(alert.type() != null, "type", "is missing");
    problems.require(alert.raisedAt() != null, "raisedAt", "is missing");
    problems.require(alert.since() != null, "since", "is missing");
    problems.require(alert.until() != null, "until", "is missing");
    all(problems, "findings", alert.findings(), AlertReader::isWhole);
    all(problems, "samples", alert.samples(), AlertReader::isWhole);
    all(problems, "refusedCalls", alert.refusedCalls(), AlertReader::isWhole);
    problems.throwIfAny();
    return alert;
  }

  private static <T> void all(Problems problems, String name, List<T> parts, Predicate<T> isWhole) {
    problems.require(parts.size() <= Alert.MAX_DETAILS, name, "are too many");
    for (int i = 0; i < parts.size(); i++) {
      problems.require(isWhole.test(parts.get(i)), name + "[" + i + "]", "lacks a field");
    }
  }

  private static boolean isWhole(Finding finding) {
    return finding.ruleId() != null
        && finding.kind() != null
        && finding.action() != null
        && (finding.text() == null || finding.text().nb() != null && finding.text().en() != null);
  }

  private static boolean isWhole(MessageSample sample) {
    return sample.messageId() != null
        && sample.senderId() != null
        && sample.recipient() != null
        && sample.submittedAt() != null;
  }

  private static boolean isWhole(AccessAttempt call) {
    return call.attemptId() != null && call.customerId() != null && call.attemptedAt() != null;
  }
}
