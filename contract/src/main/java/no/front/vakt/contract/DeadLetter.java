package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be read, kept for people on {@code vakt.dead-letters}.
 *
 * @param topic where it came from
 * @param partition its partition there
 * @param offset its offset there
 * @param loggedAt its log time
 * @param reason what was wrong with it; quotes nothing of it
 * @param sealedKey its key, sealed; absent when it had none or it was longer than any id
 * @param sealedValue its value, sealed; absent when it had none or it was larger than the largest
 *     record
 */
public record DeadLetter(
    String topic,
    int partition,
    long offset,
    Instant loggedAt,
    String reason,
    @Nullable String sealedKey,
    @Nullable String sealedValue) {}
