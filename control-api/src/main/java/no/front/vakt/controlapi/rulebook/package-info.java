/**
 * The rule book: policies, their versions, who may not write what, and what changed. Start reading
 * at {@link no.front.vakt.controlapi.rulebook.RuleBook}.
 */
@NullMarked
package no.front.vakt.controlapi.rulebook;

import org.jspecify.annotations.NullMarked;
