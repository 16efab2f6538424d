/**
 * The questions asked of a message, one file a kind. Rules ask and never count. Front door: {@link
 * no.front.vakt.rules.rule.Rule}, whose permits clause is the catalogue.
 */
@NullMarked
package no.front.vakt.rules.rule;

import org.jspecify.annotations.NullMarked;
