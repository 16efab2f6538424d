package no.front.vakt.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something people are to be told, on {@code vakt.alerts}.
 *
 * @param alertId deterministic: the same cause makes the same id again
 * @param customerId whom it is about; absent when about many
 * @param audience {@code customer} or {@code staff}
 * @param type {@code first}, {@code digest}, {@code all-clear}
 * @param raisedAt when
 * @param messages how many messages it sums up
 * @param findings the strongest of what they broke, with sentences
 */
public record Alert(
    String alertId,
    @Nullable String customerId,
    String audience,
    String type,
    Instant raisedAt,
    long messages,
    List<Finding> findings) {
  /** Copies the findings. */
  public Alert {
    findings = findings == null ? List.of() : List.copyOf(findings);
  }
}
