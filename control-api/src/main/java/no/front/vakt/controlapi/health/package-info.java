/**
 * Whether the control API can do its work. Start reading at {@link
 * no.front.vakt.controlapi.health.Health}.
 */
@NullMarked
package no.front.vakt.controlapi.health;

import org.jspecify.annotations.NullMarked;
