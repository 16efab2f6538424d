package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something people are to be told, on {@code vakt.alerts}. One alert is for one audience; what is
 * to be told to both is two alerts.
 *
 * @param alertId deterministic: the same cause makes the same id again; 32 hexadecimal digits
 * @param customerId whom it is about; absent when about many
 * @param audience for whom it is written
 * @param type what kind of news it is
 * @param raisedAt when
 * @param since when what it tells of began
 * @param until when the newest it tells of happened
 * @param messages how many messages, or refused calls, it sums up since then
 * @param held how many of the messages were held
 * @param blocked how many were blocked
 * @param ruleId the rule that spoke; absent when it is not about a rule
 * @param findings the strongest of what the messages broke, with sentences, at most {@value
 *     #MAX_DETAILS}; hosts in sentences are already unclickable
 * @param samples some of the messages, at most {@value #MAX_DETAILS}
 * @param refusedCalls some of the refused calls, newest first, at most {@value #MAX_DETAILS}; their
 *     addresses sealed as the door sealed them
 * @param customers some of the customers when it is about many, at most {@value #MAX_CUSTOMERS}
 * @param customerCount how many customers it is about
 */
public record Alert(
    String alertId,
    @Nullable String customerId,
    AlertAudience audience,
    AlertType type,
    Instant raisedAt,
    Instant since,
    Instant until,
    long messages,
    long held,
    long blocked,
    @Nullable String ruleId,
    List<Finding> findings,
    List<MessageSample> samples,
    List<AccessAttempt> refusedCalls,
    List<String> customers,
    int customerCount) {

  /** Most findings, samples and refused calls told of, each. */
  public static final int MAX_DETAILS = 5;

  /** Most customers named. */
  public static final int MAX_CUSTOMERS = 20;

  private static final int REFERENCE_LENGTH = 8;

  /** Copies the lists. */
  public Alert {
    findings = findings == null ? List.of() : List.copyOf(findings);
    samples = samples == null ? List.of() : List.copyOf(samples);
    refusedCalls = refusedCalls == null ? List.of() : List.copyOf(refusedCalls);
    customers = customers == null ? List.of() : List.copyOf(customers);
  }

  /** What people call it by, in mails and on the telephone: the first digits of its id. */
  @JsonIgnore
  public String reference() {
    return alertId
        .substring(0, Math.min(REFERENCE_LENGTH, alertId.length()))
        .toUpperCase(Locale.ROOT);
  }
}
