/**
 * What the jobs have applied of the policies. Start reading at {@link
 * no.front.vakt.controlapi.applied.AppliedPolicies}.
 */
@NullMarked
package no.front.vakt.controlapi.applied;

import org.jspecify.annotations.NullMarked;
