package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message after its verdict, on {@code sms.outcomes}.
 *
 * @param customerId whose message
 * @param messageId which message
 * @param state {@code parked}, {@code sent}, {@code rejected}, {@code expired}
 * @param at since when
 * @param by who or what caused it
 */
public record MessageOutcome(
    String customerId, String messageId, String state, Instant at, @Nullable String by) {}
