/**
 * The mailbox of a household that has no mail server: alert mails come in over SMTPS and a person
 * reads them in a browser. The front door is {@link no.front.vakt.standalone.mail.MailSink}, which
 * takes mails; {@link no.front.vakt.standalone.mail.MailPage} shows them. Mails rest in memory
 * only.
 */
@NullMarked
package no.front.vakt.standalone.mail;

import org.jspecify.annotations.NullMarked;
