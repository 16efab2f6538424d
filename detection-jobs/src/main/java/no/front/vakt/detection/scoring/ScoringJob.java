package no.front.vakt.detection.scoring;

import java.time.Duration;
import no.front.vakt.detection.kafka.KafkaEnds;
import no.front.vakt.detection.kafka.KafkaPolicySnapshot;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job that judges every message: settings, real ends, pipeline. */
public final class ScoringJob {
  /** Name it runs under. */
  public static final String NAME = "vakt-scoring";

  private ScoringJob() {}

  /** Flink settings the job needs wherever it runs; each is measured or a decision. */
  public static Configuration configuration(ScoringSettings settings) {
    Configuration configuration = new Configuration();
    // A verdict leaves when it is there: buffers of 100 ms cost two orders of latency and gain
    // nothing.
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // Nothing may fall back to Kryo unseen.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.MAX_PARALLELISM, ScoringSettings.MAX_PARALLELISM);
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofSeconds(1));
    configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointEvery());
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(100));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(10));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(1));
    return configuration;
  }

  /** Puts the whole job into an environment; whoever calls executes it. */
  public static void define(StreamExecutionEnvironment env, ScoringSettings settings) {
    env.configure(configuration(settings));
    env.setParallelism(settings.parallelism());
    KafkaEnds ends = new KafkaEnds(settings.kafka(), NAME);
    ScoringOptions options =
        new ScoringOptions(
            KeySource.directory(settings.keys()),
            new SubmissionReader.Sealed(),
            new RulingOutputs.ToTopics(),
            new KafkaPolicySnapshot(settings.kafka()),
            true,
            false);
    ends.write(ScoringPipeline.define(ends.submissions(env), ends.policies(env), options));
  }
}
