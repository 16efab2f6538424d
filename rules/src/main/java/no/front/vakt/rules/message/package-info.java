/**
 * What the judge sees of a submission: the facts read out of its text and numbers, before any rule
 * asks a question. Everything here is pure: no clock, no network, no state.
 */
@NullMarked
package no.front.vakt.rules.message;

import org.jspecify.annotations.NullMarked;
