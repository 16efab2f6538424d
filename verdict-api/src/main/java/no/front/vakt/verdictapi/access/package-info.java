/**
 * Who may call: gateways that hold a bearer key or a client certificate ({@link
 * no.front.vakt.verdictapi.access.CallerFilter}), and customers by address or password. Start
 * reading at {@link no.front.vakt.verdictapi.access.AccessCheck}.
 */
@NullMarked
package no.front.vakt.verdictapi.access;

import org.jspecify.annotations.NullMarked;
