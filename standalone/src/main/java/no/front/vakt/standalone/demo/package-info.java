/**
 * The command {@code demo}: a household of its own, a seeded day played through its real doors, and
 * what became of it. Front door: {@link no.front.vakt.standalone.demo.DemoRun}.
 */
@NullMarked
package no.front.vakt.standalone.demo;

import org.jspecify.annotations.NullMarked;
