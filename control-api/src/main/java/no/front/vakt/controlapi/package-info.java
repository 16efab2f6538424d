/**
 * The control plane: the rule book that people write, its history in PostgreSQL, and its way to the
 * log. No verdict waits for it. Start reading at {@link no.front.vakt.controlapi.ControlApi}.
 */
@NullMarked
package no.front.vakt.controlapi;

import org.jspecify.annotations.NullMarked;
