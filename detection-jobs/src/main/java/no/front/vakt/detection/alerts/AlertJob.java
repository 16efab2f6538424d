package no.front.vakt.detection.alerts;

import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.JobConfiguration;
import no.front.vakt.detection.job.JobProperties;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.kafka.KafkaEnds;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job that tells people: settings, real ends, pipeline. */
public final class AlertJob {
  /** Name it runs under. */
  public static final String NAME = "vakt-alerts";

  private AlertJob() {}

  /**
   * Flink settings the job needs wherever it runs. State on disk: whoever attacks makes it grow
   * (identities, addresses), and no alert is in such a hurry that a disk is too slow.
   */
  public static Configuration configuration(JobSettings settings) {
    return JobConfiguration.of(settings, JobConfiguration.ROCKSDB);
  }

  /** Runs the job apart, on the cluster it is submitted to, with one properties file. */
  public static void main(String[] arguments) throws Exception {
    int status =
        JobProperties.main(
            arguments,
            "alerts.",
            problem -> System.err.println(NAME + ": " + problem),
            read -> {
              var env = read.environment();
              define(env, AlertSettings.read(read.job(), read.own()));
              env.execute(NAME);
            });
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Puts the whole job into an environment; whoever calls executes it. */
  public static void define(StreamExecutionEnvironment env, AlertSettings settings) {
    env.configure(configuration(settings.job()));
    env.setParallelism(settings.job().parallelism());
    KafkaEnds ends = new KafkaEnds(settings.job().kafka(), NAME);
    var verdicts =
        ends.records(env, Topics.SMS_VERDICTS, "verdicts as they are given", Uids.VERDICTS);
    var attempts =
        ends.records(
            env, Topics.VAKT_ACCESS_ATTEMPTS, "calls as the door tells them", Uids.ATTEMPTS);
    var decisions =
        ends.timelessRecords(
            env, Topics.VAKT_ALERT_DECISIONS, "what staff decided", Uids.DECISIONS);
    ends.write(
        AlertPipeline.define(verdicts, attempts, decisions, settings.options()),
        "alerts, dead letters",
        Uids.OUTGOING);
  }
}
