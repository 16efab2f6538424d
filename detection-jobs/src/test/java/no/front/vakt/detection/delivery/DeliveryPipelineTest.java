package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.Messages.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import no.front.vakt.contract.CanarySearch;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole picture on a cluster, on RocksDB, with the very settings the job runs with. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeliveryPipelineTest {
  private static final int SLOTS = 2;
  private static final String NUMBER = "+4799987655";
  private static final String PHRASE = "Kanarifuglen flyr over Femunden";
  private static final int MESSAGES = 200;

  @RegisterExtension
  private static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(memory())
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(SLOTS)
              .build());

  private static Configuration memory() {
    Configuration configuration = new Configuration();
    configuration.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE,
        MemorySize.ofMebiBytes(DeliveryJob.LEAST_SLOT_MEMORY.getMebiBytes() * SLOTS));
    return configuration;
  }

  private static StreamExecutionEnvironment environment(Path checkpoints) {
    Configuration toDisk = new Configuration();
    toDisk.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    toDisk.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(DeliveryJob.configuration(DeliverySettingsTest.JOB));
    env.configure(toDisk);
    env.setParallelism(SLOTS);
    return env;
  }

  // Named, so that no life takes over how far another had read: it reads everything again.
  private static DataStream<RawRecord> records(
      StreamExecutionEnvironment env, List<RawRecord> records, String uid) {
    return env.fromData(TypeInformation.of(RawRecord.class), records.toArray(new RawRecord[0]))
        .uid(uid);
  }

  // For ever, so that the job goes on; after the first round all are repeats. By the wall's time,
  // for the real clock decides here.
  private static DataStream<RawRecord> round(
      StreamExecutionEnvironment env, List<RawRecord> records, double perSecond, String name) {
    RawRecord[] all = records.toArray(new RawRecord[0]);
    return env.fromSource(
            new DataGeneratorSource<>(
                step -> all[(int) (step % all.length)],
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(perSecond),
                TypeInformation.of(RawRecord.class)),
            WatermarkStrategy.noWatermarks(),
            name)
        .uid(name);
  }

  private static Submission message(int i) {
    Submission message = SampleMessages.message("customer-" + i % 10, "m-" + i, NOON);
    return SampleMessages.to(SampleMessages.saying(message, PHRASE), NUMBER);
  }

  private static Outcome outcomeOf(int i) {
    return i % 4 == 1 ? Outcome.HOLD : i % 4 == 2 ? Outcome.BLOCK : Outcome.ALLOW;
  }

  private static List<RawRecord> verdicts() {
    long now = Instant.now().toEpochMilli();
    List<RawRecord> verdicts = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      verdicts.add(Messages.verdict(message(i), outcomeOf(i), now));
    }
    return verdicts;
  }

  private static List<RawRecord> releases() {
    List<RawRecord> releases = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      if (i % 8 == 1) {
        releases.add(
            Messages.decision(
                "customer-" + i % 10, "m-" + i, HoldChoice.RELEASE, "kari", NOON.toEpochMilli()));
      }
    }
    return releases;
  }

  private static Set<String> released() {
    Set<String> released = new HashSet<>();
    for (int i = 1; i < MESSAGES; i += 8) {
      released.add("m-" + i);
    }
    return released;
  }

  private static Set<String> allowed() {
    Set<String> allowed = new HashSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      if (outcomeOf(i) == Outcome.ALLOW) {
        allowed.add("m-" + i);
      }
    }
    return allowed;
  }

  @Test
  void sendsParksAndReleasesThroughACrashAndASavepoint(@TempDir Path directory) throws Exception {
    Set<String> toBeSent = allowed();
    toBeSent.addAll(released());
    Path checkpoints = directory.resolve("checkpoints");
    Delivered first = new Delivered("first life");
    StreamExecutionEnvironment env = environment(checkpoints);
    List<RawRecord> verdicts = verdicts();
    DeliveryPipeline.define(
            round(env, verdicts, 1_000, "verdicts"),
            round(env, releases(), 100, "decisions"),
            records(env, List.of(Messages.heldFor("default", 1, 3_600)), "policies"),
            DeliveryHarness.options())
        .sinkTo(first)
        .uid(Uids.OUTGOING);
    JobClient job = env.executeAsync();
    until(() -> first.all().size() > MESSAGES / 4);
    first.failOnce();

    until(() -> first.hasFailed() || sent(first.all()).containsAll(toBeSent));
    until(() -> sent(first.all()).containsAll(toBeSent));
    String savepoint =
        job.stopWithSavepoint(
                false,
                directory.resolve("savepoint").toUri().toString(),
                SavepointFormatType.NATIVE)
            .get();

    assertThat(sent(first.all())).isEqualTo(toBeSent);
    assertThat(new CanarySearch().number(NUMBER).text(PHRASE).below(directory)).isEmpty();
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).as("state does rest there").isNotEmpty();
    }
    goesOnFrom(savepoint, checkpoints, verdicts);
  }

  private static void goesOnFrom(String savepoint, Path checkpoints, List<RawRecord> verdicts)
      throws Exception {
    Delivered second = new Delivered("second life");
    StreamExecutionEnvironment env = environment(checkpoints);
    Configuration restore = new Configuration();
    restore.setString("execution.state-recovery.path", savepoint);
    restore.setString("execution.state-recovery.ignore-unclaimed-state", "true");
    env.configure(restore);
    List<RawRecord> again = new ArrayList<>(verdicts);
    for (int i = 0; i < 10; i++) {
      again.add(
          Messages.verdict(
              SampleMessages.message("customer-" + i, "new", NOON),
              Outcome.ALLOW,
              NOON.toEpochMilli()));
    }
    List<RawRecord> rejects = new ArrayList<>();
    for (int i = 5; i < MESSAGES; i += 8) {
      rejects.add(
          Messages.decision(
              "customer-" + i % 10, "m-" + i, HoldChoice.REJECT, "kari", NOON.toEpochMilli()));
    }

    DeliveryPipeline.define(
            records(env, again, "verdicts again"),
            records(env, rejects, "rejects"),
            records(env, List.of(Messages.heldFor("default", 1, 3_600)), "policies again"),
            DeliveryHarness.options())
        .sinkTo(second)
        .uid(Uids.OUTGOING);
    env.execute();

    assertThat(DeliveryHarness.ordered(second.all())).hasSize(10).containsOnly("new");
    assertThat(DeliveryHarness.outcomes(second.all()))
        .filteredOn(outcome -> outcome.state() == MessageState.REJECTED)
        .hasSize(rejects.size());
  }

  private static Set<String> sent(List<Outgoing> out) {
    return new HashSet<>(DeliveryHarness.ordered(List.copyOf(out)));
  }

  private interface Claim {
    boolean holds() throws Exception;
  }

  private static void until(Claim claim) throws Exception {
    while (!claim.holds()) {
      Thread.sleep(Duration.ofMillis(20).toMillis());
    }
  }
}
