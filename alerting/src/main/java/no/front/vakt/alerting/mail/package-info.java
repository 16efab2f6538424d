/**
 * Mails: written for their reader, kept until the server has them, sent over TLS or not at all.
 * Start reading at {@link no.front.vakt.alerting.mail.AlertMailer}.
 */
@NullMarked
package no.front.vakt.alerting.mail;

import org.jspecify.annotations.NullMarked;
