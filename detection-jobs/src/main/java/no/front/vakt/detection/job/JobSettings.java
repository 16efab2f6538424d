package no.front.vakt.detection.job;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a job is deployed.
 *
 * @param kafka the broker, as the job's own principal
 * @param keys directory with the key sets
 * @param parallelism subtasks of each operator that is spread
 * @param checkpointEvery between checkpoints; what was read since the last one is read again after
 *     a crash
 */
public record JobSettings(
    KafkaConnection kafka, Path keys, int parallelism, Duration checkpointEvery) {
  /** Most subtasks a job can ever be spread over without losing its state. */
  public static final int MAX_PARALLELISM = 128;
}
