/**
 * What people decide of held messages and of mails that wait. Start reading at {@link
 * no.front.vakt.controlapi.decisions.DecisionLog}.
 */
@NullMarked
package no.front.vakt.controlapi.decisions;

import org.jspecify.annotations.NullMarked;
