/**
 * The command {@code crash}: kills a Vakt of its own at random moments of heavy traffic, starts it
 * again, and proves from its logs that nothing was lost, nothing sent twice and no limit exceeded.
 * Front door: {@link no.front.vakt.standalone.crash.CrashTrial}.
 */
@NullMarked
package no.front.vakt.standalone.crash;

import org.jspecify.annotations.NullMarked;
