package no.front.vakt.detection.scoring;

import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.JobConfiguration;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KeySource;
import no.front.vakt.detection.kafka.KafkaEnds;
import no.front.vakt.detection.kafka.KafkaPolicySnapshot;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job that judges every message: settings, real ends, pipeline. */
public final class ScoringJob {
  /** Name it runs under. */
  public static final String NAME = "vakt-scoring";

  private ScoringJob() {}

  /** Flink settings the job needs wherever it runs; each is measured or a decision. */
  public static Configuration configuration(JobSettings settings) {
    return JobConfiguration.of(settings, JobConfiguration.HEAP);
  }

  /** Puts the whole job into an environment; whoever calls executes it. */
  public static void define(StreamExecutionEnvironment env, JobSettings settings) {
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
    var submissions = ends.submissions(env, Uids.SUBMISSIONS);
    var policies =
        ends.timelessRecords(
            env, Topics.VAKT_POLICIES, "policies as they are published", Uids.POLICIES);
    ends.write(
        ScoringPipeline.define(submissions, policies, options),
        "verdicts, answers, dead letters, applied policies",
        Uids.OUTGOING);
  }
}
