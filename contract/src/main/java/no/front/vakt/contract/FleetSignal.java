package no.front.vakt.contract;

import java.time.Instant;

/**
 * What one customer's traffic tells the others, on {@code vakt.fleet-signals}: a domain, a block of
 * at least 100 numbers, a sender or a text fingerprint; never a number or a text.
 *
 * @param subject {@code domain}, {@code range}, {@code sender}, {@code text}
 * @param value the thing itself, or its keyed hash
 * @param customers how many customers sent it lately
 * @param firstSeen when it was first seen by anybody
 * @param effectiveFrom first submittedAt it counts for
 */
public record FleetSignal(
    String subject, String value, long customers, Instant firstSeen, Instant effectiveFrom) {}
