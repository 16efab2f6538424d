package no.front.vakt.detection.scoring;

import static no.front.vakt.detection.scoring.Traffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import no.front.vakt.contract.CanarySearch;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole picture on a cluster, with the very settings the job runs with. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScoringPipelineTest {
  private static final String NUMBER = "+4799987654";
  private static final String PHRASE = "Kanarifuglen flyr over Mjøsa";
  private static final String TOKEN = "kanari-7c1f0a9b";
  private static final String ADDRESS = "198.51.100.177";
  private static final String PERSON = "kanari@club.example";
  private static final int MESSAGES = 300;

  @RegisterExtension
  private static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static StreamExecutionEnvironment environment(Configuration more) {
    JobSettings settings =
        new JobSettings(
            new KafkaConnection("unused.example:9093", Map.of()),
            Path.of("unused"),
            2,
            Duration.ofMillis(200));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(ScoringJob.configuration(settings));
    env.configure(more);
    env.setParallelism(2);
    return env;
  }

  private static DataStream<RawRecord> policies(
      StreamExecutionEnvironment env, RawRecord... policies) {
    return env.fromData(TypeInformation.of(RawRecord.class), policies);
  }

  @Test
  void judgesEveryMessageOfEveryCustomerWithItsOwnPolicy() throws Exception {
    List<RawSubmission> submissions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      RawSubmission raw =
          Traffic.asked(SampleMessages.message("customer-" + i % 10, "m-" + i, NOON.plusMillis(i)));
      raw.offset = i;
      submissions.add(raw);
    }
    submissions.add(Traffic.logged("customer-0", Traffic.bytes("garbage"), NOON.toEpochMilli()));
    RawRecord three = Traffic.policy("customer-3", 1, Traffic.atMost(5, 60, "HOLD"));
    RawRecord bad = RawRecord.of("customer-4", Traffic.bytes("garbage"));
    StreamExecutionEnvironment env = environment(new Configuration());
    Collected collected = new Collected("judges every message");

    ScoringPipeline.define(
            env.fromData(
                TypeInformation.of(RawSubmission.class), submissions.toArray(new RawSubmission[0])),
            policies(env, three, bad),
            JudgeHarness.options(three, bad))
        .sinkTo(collected);
    env.execute();

    List<Outgoing> all = collected.all();
    assertThat(JudgeHarness.verdicts(all)).hasSize(200);
    assertThat(JudgeHarness.verdicts(all).stream().filter(v -> v.outcome() == Outcome.HOLD))
        .hasSize(15)
        .allMatch(v -> v.customerId().equals("customer-3") && v.policyVersion() == 1);
    assertThat(JudgeHarness.answers(all)).hasSize(200);
    assertThat(all.stream().filter(o -> o.topic == Topics.SMS_ANSWERS))
        .allMatch(o -> o.partition == 7);
    assertThat(JudgeHarness.deadLetters(all)).hasSize(2);
    assertThat(JudgeHarness.applied(all)).hasSize(4);
  }

  @Test
  void aSinkThatFailsRestartsTheJobAndMakesNoMessagePoison() throws Exception {
    RawSubmission[] submissions = new RawSubmission[20];
    for (int i = 0; i < submissions.length; i++) {
      submissions[i] = Traffic.sent(Traffic.message("m-" + i, i));
    }
    StreamExecutionEnvironment env = environment(new Configuration());
    Collected collected = new Collected("fails once").failingOnce();

    ScoringPipeline.define(
            env.fromData(TypeInformation.of(RawSubmission.class), submissions),
            policies(env, Traffic.policy(1, "")),
            JudgeHarness.options())
        .sinkTo(collected);
    env.execute();

    assertThat(JudgeHarness.deadLetters(collected.all())).isEmpty();
    assertThat(JudgeHarness.verdicts(collected.all()))
        .allMatch(verdict -> verdict.outcome() == Outcome.ALLOW)
        .extracting(verdict -> verdict.messageId())
        .contains("m-0", "m-19");
  }

  /** Message {@code step}: most of them sealed as they should be, some poison that shows all. */
  private static RawSubmission withCanaries(long step) {
    Submission message =
        new Submission(
            "club",
            "m-" + step % MESSAGES,
            NOON.plusMillis(step % MESSAGES),
            "Klubben",
            NUMBER,
            PHRASE + " https://fugl.example.com/" + TOKEN + "?til=" + NUMBER + " " + step % 7,
            ADDRESS,
            null,
            null,
            true);
    RawSubmission raw = Traffic.asked(message);
    if (step % 50 == 7) {
      raw.value = WireJson.bytes(message);
    } else if (step % 50 == 8) {
      raw.value = Traffic.bytes("{" + PHRASE + NUMBER + ADDRESS);
    }
    raw.offset = step;
    return raw;
  }

  @Test
  void nothingPersonalRestsInCheckpointsOutputsOrLogs(@TempDir Path directory) throws Exception {
    RawRecord policy =
        Traffic.policy(
            1,
            "\"contacts\":[{\"name\":\"Kari\",\"email\":\""
                + PERSON
                + "\"}],\"rules\":["
                + String.join(
                    ",",
                    Stream.of("recipient", "originIp", "urlDomain", "sender", "prefix")
                        .map(ScoringPipelineTest::shadowCeiling)
                        .toList())
                + "]");
    RawRecord bad = RawRecord.of("club", Traffic.bytes("{\"contacts\":\"" + PERSON + "\"}"));
    Configuration toDisk = new Configuration();
    toDisk.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    toDisk.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.resolve("checkpoints").toUri() + "");
    StreamExecutionEnvironment env = environment(toDisk);
    Collected collected = new Collected("canaries");
    FileAppender<ILoggingEvent> log = logTo(directory.resolve("all.log"));
    try {
      ScoringPipeline.define(
              submissions(env), policies(env, policy, bad), JudgeHarness.options(policy, bad))
          .sinkTo(collected);
      JobClient job = env.executeAsync();
      while (JudgeHarness.verdicts(List.copyOf(collected.all())).size() < MESSAGES - 20) {
        Thread.onSpinWait();
      }
      job.triggerSavepoint(
              directory.resolve("savepoint").toUri().toString(), SavepointFormatType.NATIVE)
          .get();
      job.cancel().get();
      job.getJobStatus().get();
    } finally {
      log.stop();
    }

    CanarySearch search =
        new CanarySearch().number(NUMBER).text(PHRASE).text(TOKEN).text(ADDRESS).text(PERSON);
    assertThat(new CanarySearch().text("memory").text("policies").below(directory))
        .as("state does rest there, readable by whoever can")
        .isNotEmpty();
    assertThat(search.below(directory)).isEmpty();
    assertThat(collected.all())
        .allSatisfy(
            out -> {
              assertThat(search.in(out.topic.topicName(), out.value)).isEmpty();
              assertThat(search.in(out.topic.topicName(), out.key)).isEmpty();
            });
    assertThat(JudgeHarness.verdicts(collected.all()))
        .anyMatch(verdict -> verdict.findings().size() >= 5);
  }

  private static String shadowCeiling(String per) {
    return "{\"id\":\"per-"
        + per
        + "\",\"kind\":\"volume-limit\",\"state\":\"shadow\",\"action\":\"BLOCK\",\"per\":\""
        + per
        + "\",\"limit\":1,\"windowSeconds\":600}";
  }

  // Goes on for ever, so that a savepoint can be taken; after the first round all are repeats.
  private static DataStream<RawSubmission> submissions(StreamExecutionEnvironment env) {
    return env.fromSource(
        new DataGeneratorSource<>(
            ScoringPipelineTest::withCanaries,
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(2_000),
            TypeInformation.of(RawSubmission.class)),
        WatermarkStrategy.forMonotonousTimestamps(),
        "canaries");
  }

  private static FileAppender<ILoggingEvent> logTo(Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d %level %logger %mdc %msg%n%ex");
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return appender;
  }
}
