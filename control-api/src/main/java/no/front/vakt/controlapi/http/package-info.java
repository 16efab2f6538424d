/**
 * How the control API speaks HTTPS: its server, its problems, its limits. Start reading at {@link
 * no.front.vakt.controlapi.http.ErrorCode}.
 */
@NullMarked
package no.front.vakt.controlapi.http;

import org.jspecify.annotations.NullMarked;
