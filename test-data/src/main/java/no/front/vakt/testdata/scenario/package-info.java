/**
 * Labelled traffic: what a day at the gateway looks like, what goes wrong in it, and how it should
 * end. Front door: {@link no.front.vakt.testdata.scenario.DemoDay}.
 */
@NullMarked
package no.front.vakt.testdata.scenario;

import org.jspecify.annotations.NullMarked;
