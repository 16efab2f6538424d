/**
 * What one customer may do: policies as they are written, checked, inherited from {@code default}
 * and in force at an instant. Front door: {@link no.front.vakt.rules.policy.PolicyBook}.
 */
@NullMarked
package no.front.vakt.rules.policy;

import org.jspecify.annotations.NullMarked;
