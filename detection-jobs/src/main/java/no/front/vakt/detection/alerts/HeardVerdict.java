package no.front.vakt.detection.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.rules.verdict.BuiltIn;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as alerts see it.
 *
 * @param judged the record
 * @param alerting its findings that people are told of, by rule, strongest first
 * @param frozen whether the customer is stopped by hand
 * @param judgeOnly whether Vakt was asked for a verdict alone and delivers nothing
 */
record HeardVerdict(
    JudgedMessage judged, Map<String, Finding> alerting, boolean frozen, boolean judgeOnly) {
  /** Longer ones are no rule's and would make alerts that no topic takes. */
  private static final int LONGEST_RULE_ID = 10_000;

  /** Reads a record of {@code sms.verdicts}; throws {@link InvalidRecordException}. */
  static HeardVerdict read(RawRecord raw) {
    JudgedMessage judged = WireJson.read(raw.value, JudgedMessage.class);
    Verdict verdict = judged.verdict();
    Problems problems = new Problems();
    problems.require(verdict != null, "verdict", "is missing");
    problems.throwIfAny();
    problems.require(isId(verdict.customerId()), "verdict.customerId", "is no id");
    problems.require(
        raw.key.equals(verdict.customerId()), "verdict.customerId", "is not the key of the record");
    problems.require(isId(verdict.messageId()), "verdict.messageId", "is no id");
    problems.require(verdict.outcome() != null, "verdict.outcome", "is missing");
    problems.require(verdict.decidedAt() != null, "verdict.decidedAt", "is missing");
    Map<String, Finding> alerting = new LinkedHashMap<>();
    boolean frozen = false;
    for (Finding finding : verdict.findings()) {
      boolean complete =
          finding.ruleId() != null
              && finding.ruleId().length() <= LONGEST_RULE_ID
              && finding.kind() != null
              && finding.action() != null;
      problems.require(complete, "verdict.findings", "lack rule, kind or action");
      if (complete && alerts(finding)) {
        alerting.putIfAbsent(finding.ruleId(), finding);
        frozen |= finding.kind().equals(BuiltIn.FROZEN);
      }
    }
    problems.throwIfAny();
    return new HeardVerdict(judged, alerting, frozen, isJudgeOnly(judged.submission()));
  }

  private static boolean isJudgeOnly(@Nullable JsonNode submission) {
    JsonNode deliver = submission == null ? null : submission.get("deliver");
    return deliver != null && deliver.isBoolean() && !deliver.booleanValue();
  }

  private static boolean isId(String id) {
    return id != null
        && !id.isBlank()
        && id.length() <= Submission.MAX_ID_LENGTH
        && id.chars().noneMatch(Character::isISOControl);
  }

  private static boolean alerts(Finding finding) {
    return !finding.shadow()
        && finding.action().compareTo(Action.ALERT) >= 0
        && !finding.kind().equals(BuiltIn.REPEAT);
  }

  Verdict verdict() {
    return judged.verdict();
  }
}
