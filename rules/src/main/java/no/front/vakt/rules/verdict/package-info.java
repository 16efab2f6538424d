/**
 * The judge: a message, the policy in force and the signals make a verdict that explains itself.
 * Front door: {@link no.front.vakt.rules.verdict.Judge}.
 */
@NullMarked
package no.front.vakt.rules.verdict;

import org.jspecify.annotations.NullMarked;
