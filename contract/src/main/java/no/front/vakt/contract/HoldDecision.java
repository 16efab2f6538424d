package no.front.vakt.contract;

import java.time.Instant;

/**
 * What somebody decided of a parked message, on {@code sms.releases}.
 *
 * @param customerId whose message
 * @param messageId which message
 * @param decision what is to be done
 * @param decidedBy user id
 * @param decidedAt when
 */
public record HoldDecision(
    String customerId,
    String messageId,
    HoldChoice decision,
    String decidedBy,
    Instant decidedAt) {}
