/** Alerts become mail: read from the log, written for their reader, retried until they are sent. */
@NullMarked
package no.front.vakt.alerting;

import org.jspecify.annotations.NullMarked;
