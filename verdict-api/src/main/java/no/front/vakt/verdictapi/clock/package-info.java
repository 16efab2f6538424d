/**
 * The one clock of the process: everything the door stamps and dates goes by {@link
 * no.front.vakt.verdictapi.clock.DoorClock}.
 */
@NullMarked
package no.front.vakt.verdictapi.clock;

import org.jspecify.annotations.NullMarked;
