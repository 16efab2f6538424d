package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message after its verdict, on {@code sms.outcomes}.
 *
 * @param customerId whose message
 * @param messageId which message
 * @param state what became of it
 * @param at since when
 * @param by who or what caused it: a user id, or {@code verdict}, {@code valid-until}, {@code
 *     hold-time}, {@code hold-full}, {@code blocklist}, {@code unreadable}
 */
public record MessageOutcome(
    String customerId, String messageId, MessageState state, Instant at, @Nullable String by) {}
