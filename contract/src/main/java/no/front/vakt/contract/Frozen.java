package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer whose traffic is stopped by hand.
 *
 * @param reason why, for staff and customer
 * @param until when it ends by itself; absent: when somebody lifts it
 */
public record Frozen(@Nullable String reason, @Nullable Instant until) {}
