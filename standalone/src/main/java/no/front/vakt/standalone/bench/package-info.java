/**
 * The command {@code bench}: what judging costs, measured beside a job that does everything but
 * judge. Front door: {@link no.front.vakt.standalone.bench.Bench}.
 */
@NullMarked
package no.front.vakt.standalone.bench;

import org.jspecify.annotations.NullMarked;
