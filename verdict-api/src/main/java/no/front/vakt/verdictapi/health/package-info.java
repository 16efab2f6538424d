/**
 * Whether the door can do its work right now, for whoever watches over the process. Start reading
 * at {@link no.front.vakt.verdictapi.health.HealthServlet}.
 */
@NullMarked
package no.front.vakt.verdictapi.health;

import org.jspecify.annotations.NullMarked;
