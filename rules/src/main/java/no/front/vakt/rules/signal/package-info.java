/**
 * Measured facts: how many, in which window. Signals count and never decide. Front door: {@link
 * no.front.vakt.rules.signal.Signals}.
 */
@NullMarked
package no.front.vakt.rules.signal;

import org.jspecify.annotations.NullMarked;
