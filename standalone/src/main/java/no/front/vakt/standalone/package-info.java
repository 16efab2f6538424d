/**
 * The command line of Vakt: {@link no.front.vakt.standalone.Vakt} and what every command shares.
 * Each command has a room of its own.
 */
@NullMarked
package no.front.vakt.standalone;

import org.jspecify.annotations.NullMarked;
