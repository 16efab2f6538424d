/**
 * The HTTPS server and what all its answers have in common: one list of error codes, one form of
 * problem details, no banner and no trace of our insides. Start reading at {@link
 * no.front.vakt.verdictapi.http.ErrorCode}.
 */
@NullMarked
package no.front.vakt.verdictapi.http;

import org.jspecify.annotations.NullMarked;
