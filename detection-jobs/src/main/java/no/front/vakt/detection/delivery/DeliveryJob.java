package no.front.vakt.detection.delivery;

import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.JobConfiguration;
import no.front.vakt.detection.job.JobProperties;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KeySource;
import no.front.vakt.detection.kafka.KafkaEnds;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job that delivers what is allowed and parks what is held: settings, real ends, pipeline. */
public final class DeliveryJob {
  /** Name it runs under. */
  public static final String NAME = "vakt-delivery";

  /** Managed memory a slot needs at least: less, and RocksDB flushes at every turn. */
  public static final MemorySize LEAST_SLOT_MEMORY = MemorySize.ofMebiBytes(16);

  /**
   * A write buffer a state may fill. Small, since a dozen states share what a slot has; RocksDB's
   * own 64 MB would be flushed long before they are full.
   */
  private static final MemorySize WRITE_BUFFER = MemorySize.ofMebiBytes(2);

  private DeliveryJob() {}

  /** Runs the job apart, on the cluster it is submitted to, with one properties file. */
  public static void main(String[] arguments) throws Exception {
    int status =
        JobProperties.main(
            arguments,
            "delivery.",
            problem -> System.err.println(NAME + ": " + problem),
            read -> {
              var env = read.environment();
              define(env, DeliverySettings.read(read.job(), read.own()));
              env.execute(NAME);
            });
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Flink settings the job needs wherever it runs. */
  public static Configuration configuration(JobSettings settings) {
    Configuration configuration = JobConfiguration.of(settings, JobConfiguration.ROCKSDB);
    // Days of ids and thousands of parked messages: a checkpoint carries what changed.
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // One timer for each parked message: in the heap they would be written whole at every
    // checkpoint, while the job stands still.
    configuration.set(RocksDBOptions.TIMER_SERVICE_FACTORY, PriorityQueueStateType.ROCKSDB);
    configuration.set(RocksDBOptions.USE_MANAGED_MEMORY, true);
    configuration.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, WRITE_BUFFER);
    return configuration;
  }

  /** Puts the whole job into an environment; whoever calls executes it. */
  public static void define(StreamExecutionEnvironment env, DeliverySettings settings) {
    JobSettings job = settings.job();
    env.configure(configuration(job));
    env.setParallelism(job.parallelism());
    KafkaEnds ends = new KafkaEnds(job.kafka(), NAME);
    DeliveryOptions options =
        new DeliveryOptions(
            KeySource.directory(job.keys()),
            settings.routes(),
            NumberPortability.nonePorted(),
            BlocklistCheck.nothingListed(),
            settings.releasesPerSecond());
    var verdicts =
        ends.records(env, Topics.SMS_VERDICTS, "verdicts as they are given", Uids.VERDICTS);
    var decisions =
        ends.records(env, Topics.SMS_RELEASES, "decisions on parked messages", Uids.DECISIONS);
    var policies =
        ends.timelessRecords(
            env, Topics.VAKT_POLICIES, "policies as they are published", Uids.POLICIES);
    ends.write(
        DeliveryPipeline.define(verdicts, decisions, policies, options),
        "orders, outcomes, dead letters, applied policies",
        Uids.OUTGOING);
  }
}
