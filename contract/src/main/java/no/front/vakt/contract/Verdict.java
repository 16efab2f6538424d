package no.front.vakt.contract;

import java.time.Instant;
import java.util.List;

/**
 * The judge's answer for one message.
 *
 * @param customerId whose message
 * @param messageId which message
 * @param outcome what happens to it
 * @param score 0 to 100, strength of the strongest live evidence; for sorting, never decides
 * @param decidedAt the log's time of the message (the judge reads no clock); in replay {@code
 *     submittedAt}
 * @param policyVersion version of the customer's own policy in force; 0 when it has none
 * @param defaultVersion version of the default policy in force; 0 for none
 * @param dataVersion hash of the reference data in force
 * @param findings strongest first, at most 32
 */
public record Verdict(
    String customerId,
    String messageId,
    Outcome outcome,
    int score,
    Instant decidedAt,
    long policyVersion,
    long defaultVersion,
    String dataVersion,
    List<Finding> findings) {

  /** Most findings one verdict carries (design decision 14). */
  public static final int MAX_FINDINGS = 32;

  /** Copies the findings. */
  public Verdict {
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /** Whose and which. */
  public MessageIdentity identity() {
    return new MessageIdentity(customerId, messageId);
  }

  /** The same with other findings. */
  public Verdict withFindings(List<Finding> others) {
    return new Verdict(
        customerId,
        messageId,
        outcome,
        score,
        decidedAt,
        policyVersion,
        defaultVersion,
        dataVersion,
        others);
  }
}
