package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call to the customer API that was refused at the door, on {@code vakt.access-attempts}.
 *
 * @param attemptId id made by the door; binds the sealed address
 * @param customerId the customer it claimed to be; may not exist
 * @param attemptedAt when
 * @param originIp sealed address it came from
 * @param originHash keyed hash of that address, for counting
 * @param reason {@code network}, {@code password}, {@code none-set}, {@code unknown-customer}
 * @param passwordWasRight true: right password from a wrong network
 */
public record AccessAttempt(
    String attemptId,
    String customerId,
    Instant attemptedAt,
    @Nullable String originIp,
    @Nullable String originHash,
    String reason,
    boolean passwordWasRight) {}
