package no.front.vakt.contract;

import java.time.Instant;

/**
 * One of the messages an alert is about, as a mail may show it.
 *
 * @param messageId the caller's own id of it; the caller wrote it, so nobody may trust it
 * @param senderId what the handset would have shown; the caller wrote it too
 * @param recipient the number, masked
 * @param submittedAt when it came
 * @param outcome what the judge answered
 */
public record MessageSample(
    String messageId, String senderId, String recipient, Instant submittedAt, Outcome outcome) {}
