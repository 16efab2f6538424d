/**
 * Who may call the door at all: gateways that hold a bearer key or a client certificate. Start
 * reading at {@link no.front.vakt.verdictapi.access.CallerFilter}.
 */
@NullMarked
package no.front.vakt.verdictapi.access;

import org.jspecify.annotations.NullMarked;
