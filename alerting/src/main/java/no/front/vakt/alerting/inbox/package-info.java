/**
 * The ends of the log that alerting touches: alerts in, receipts of mails in and out, letters of
 * what cannot be read out. Start reading at {@link no.front.vakt.alerting.inbox.AlertInbox}.
 */
@NullMarked
package no.front.vakt.alerting.inbox;

import org.jspecify.annotations.NullMarked;
