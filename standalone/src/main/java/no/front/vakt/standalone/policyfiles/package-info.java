/**
 * Policies as files that a person edits: a watched directory, whose changes go into the rule book
 * as one author's among others.
 */
@NullMarked
package no.front.vakt.standalone.policyfiles;

import org.jspecify.annotations.NullMarked;
