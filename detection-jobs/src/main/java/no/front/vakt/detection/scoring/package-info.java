/**
 * The job that judges: submissions and policies in, verdicts and answers out. Front door: {@link
 * no.front.vakt.detection.scoring.ScoringJob}; the picture as code: {@link
 * no.front.vakt.detection.scoring.ScoringPipeline}.
 */
@NullMarked
package no.front.vakt.detection.scoring;

import org.jspecify.annotations.NullMarked;
