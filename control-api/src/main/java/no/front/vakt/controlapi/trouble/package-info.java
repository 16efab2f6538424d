/**
 * How failures that come again and again are told: once for each kind, and once that it is well
 * again.
 */
@NullMarked
package no.front.vakt.controlapi.trouble;

import org.jspecify.annotations.NullMarked;
