package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call to the customer API that was refused at the door, on {@code vakt.access-attempts}; one
 * that was accepted from an address new to the customer is told there too, without a reason, so
 * that alerts know the customer's own addresses.
 *
 * @param attemptId id made by the door; with the customerId binds the sealed address
 * @param customerId the customer it claimed to be; may not exist
 * @param attemptedAt when
 * @param originIp sealed address it came from
 * @param originHash keyed hash of that address, for counting
 * @param refusedBecause why it was refused; absent when it was accepted
 * @param passwordWasRight true: right password from a wrong network
 */
public record AccessAttempt(
    String attemptId,
    String customerId,
    Instant attemptedAt,
    @Nullable String originIp,
    @Nullable String originHash,
    @Nullable RefusedBecause refusedBecause,
    boolean passwordWasRight) {

  /** Whether the call was let in. */
  @JsonIgnore
  public boolean isAccepted() {
    return refusedBecause == null;
  }
}
