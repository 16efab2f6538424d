/**
 * Who is mailed about an alert, in which language and time zone: the customers' policies, followed
 * on the log. Start reading at {@link no.front.vakt.alerting.recipient.Recipients}.
 */
@NullMarked
package no.front.vakt.alerting.recipient;

import org.jspecify.annotations.NullMarked;
