/**
 * Seeded traffic: the same seed makes the same messages. Front door: {@link
 * no.front.vakt.testdata.traffic.TrafficGenerator}.
 */
@NullMarked
package no.front.vakt.testdata.traffic;

import org.jspecify.annotations.NullMarked;
