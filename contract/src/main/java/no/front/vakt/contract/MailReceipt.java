package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a mail server has taken a mail, or will never, on {@code vakt.mails}: what keeps an alert
 * from being mailed twice.
 *
 * @param alertId which alert
 * @param recipientHash keyed hash of the mail address
 * @param settledAt when
 * @param problem why the server refuses this recipient for good; absent when it has the mail
 */
public record MailReceipt(
    String alertId, String recipientHash, Instant settledAt, @Nullable String problem) {}
