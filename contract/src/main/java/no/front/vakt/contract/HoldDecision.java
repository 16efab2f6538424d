package no.front.vakt.contract;

import java.time.Instant;

/**
 * What somebody decided of a parked message, on {@code sms.releases}.
 *
 * @param customerId whose message
 * @param messageId which message
 * @param decision {@code release} or {@code reject}
 * @param decidedBy user id
 * @param decidedAt when
 */
public record HoldDecision(
    String customerId, String messageId, String decision, String decidedBy, Instant decidedAt) {}
