package no.front.vakt.detection.scoring;

import java.nio.file.Path;
import java.time.Duration;
import no.front.vakt.detection.kafka.KafkaConnection;

/**
 * How ScoringJob is deployed.
 *
 * @param kafka the broker, as principal {@code scoring-job}
 * @param keys directory with the key sets
 * @param parallelism judging subtasks
 * @param checkpointEvery between checkpoints; what is judged since the last one is judged again
 *     after a crash, with equal verdicts
 */
public record ScoringSettings(
    KafkaConnection kafka, Path keys, int parallelism, Duration checkpointEvery) {
  /** Most subtasks the job can ever be spread over without losing its state. */
  public static final int MAX_PARALLELISM = 128;
}
