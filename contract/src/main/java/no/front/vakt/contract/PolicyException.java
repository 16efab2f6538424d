package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A temporary exception from one rule.
 *
 * @param rule id of the rule
 * @param what what is excepted, in the rule's own terms (a country, a domain, a whitelist entry, a
 *     sender); absent or {@code *}: the rule as a whole
 * @param until first instant at which it no longer holds; absent: no end
 * @param why the reason somebody gave
 */
public record PolicyException(
    String rule, @Nullable String what, @Nullable Instant until, @Nullable String why) {}
