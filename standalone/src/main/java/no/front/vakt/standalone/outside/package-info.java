/**
 * A Vakt of one's own, seen from outside: its place, its process, connections to its door. For
 * those who measure it ({@code bench}) and those who kill it ({@code crash}). Front door: {@link
 * no.front.vakt.standalone.outside.OwnPlace}.
 */
@NullMarked
package no.front.vakt.standalone.outside;

import org.jspecify.annotations.NullMarked;
