/**
 * The job that tells people: verdicts and access attempts in, alerts out, few enough to be read.
 * Front door: {@link no.front.vakt.detection.alerts.AlertJob}; the picture as code: {@link
 * no.front.vakt.detection.alerts.AlertPipeline}. All timers run by the wall clock, since people
 * read by it; everything that is compared or summed carries the log's time.
 */
@NullMarked
package no.front.vakt.detection.alerts;

import org.jspecify.annotations.NullMarked;
