package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.alerts.Told.finding;
import static no.front.vakt.detection.scoring.Traffic.NOON;
import static no.front.vakt.detection.scoring.Traffic.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole picture on a cluster, with the very settings the job runs with. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AlertPipelineTest {
  private static final int MORE_THAN_COMES = 10_000;

  @RegisterExtension
  private static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static DataStream<RawRecord> stream(
      StreamExecutionEnvironment env, List<RawRecord> records) {
    return env.fromData(TypeInformation.of(RawRecord.class), records.toArray(new RawRecord[0]));
  }

  private static List<Outgoing> run(
      List<RawRecord> verdicts, List<RawRecord> attempts, List<RawRecord> decisions)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(AlertJob.configuration(AlertSettingsTest.JOB));
    env.setParallelism(2);
    return AlertPipeline.define(
            stream(env, verdicts), stream(env, attempts), stream(env, decisions), Told.options())
        .executeAndCollect(MORE_THAN_COMES);
  }

  @Test
  void verdictsAttemptsAndPoisonOfAllInputsCome() throws Exception {
    List<RawRecord> verdicts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      verdicts.add(
          Told.judged(
              "club-" + i % 10,
              "m-" + i,
              NOON.plusMillis(i),
              finding("rule", i % 10 < 5 ? Action.HOLD : Action.ALERT, i % 10 == 9)));
    }
    List<RawRecord> attempts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      attempts.add(
          Told.attempt("club-" + i, "t-" + i, NOON, "192.0.2.1", RefusedBecause.PASSWORD, false));
    }
    attempts.add(Told.attempt("club-1", "t-9", NOON, "192.0.2.9", RefusedBecause.NETWORK, true));
    verdicts.add(Told.record(Topics.SMS_VERDICTS, "club-1", bytes("garbage"), NOON));
    attempts.add(Told.record(Topics.VAKT_ACCESS_ATTEMPTS, "club-1", bytes("garbage"), NOON));
    List<RawRecord> decisions =
        List.of(Told.record(Topics.VAKT_ALERT_DECISIONS, "x", bytes("garbage"), NOON));

    List<Outgoing> all = run(verdicts, attempts, decisions);

    List<Alert> alerts = Told.alerts(all);
    assertThat(alerts.stream().filter(a -> a.type() == AlertType.FIRST))
        .hasSize(2 * 9)
        .noneMatch(a -> "club-9".equals(a.customerId()));
    assertThat(alerts.stream().filter(a -> a.type() == AlertType.ACCESS_SWEEP)).hasSize(1);
    assertThat(alerts.stream().filter(a -> a.type() == AlertType.ACCESS_REFUSED)).hasSize(2);
    assertThat(Told.deadLetters(all))
        .extracting(letter -> letter.topic())
        .containsExactlyInAnyOrder("sms.verdicts", "vakt.access-attempts", "vakt.alert-decisions");
    for (Outgoing outgoing : all) {
      String written = new String(outgoing.value, StandardCharsets.UTF_8);
      assertThat(written).doesNotContain(SampleMessages.RECIPIENT, "192.0.2.");
    }
    assertThat(all.stream().filter(o -> o.topic == Topics.VAKT_ALERTS).map(AlertPipelineTest::key))
        .allMatch(key -> key.equals("staff") || key.startsWith("club-"));
  }

  private static String key(Outgoing outgoing) {
    return new String(outgoing.key, StandardCharsets.UTF_8);
  }

  @Test
  void manyCustomersAtOnceAreOneAlertToStaff() throws Exception {
    List<RawRecord> verdicts = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      verdicts.add(Told.judged("club-" + i, "m-1", NOON, finding("rule", Action.HOLD, false)));
    }

    List<Alert> alerts =
        Told.alerts(
            run(
                verdicts,
                List.of(Told.attempt("club", "t", NOON, "192.0.2.1", null, true)),
                List.of(Told.record(Topics.VAKT_ALERT_DECISIONS, "x", bytes("{}"), NOON))));

    assertThat(alerts.stream().filter(a -> a.type() == AlertType.MANY_CUSTOMERS)).hasSize(1);
    assertThat(alerts.stream().filter(a -> a.type() == AlertType.FIRST)).hasSize(100);
  }

  @Test
  void everyOperatorOfTheRealJobHasAnIdOfItsOwn() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(new Configuration().set(PipelineOptions.AUTO_GENERATE_UIDS, false));

    AlertJob.define(env, AlertSettings.read(AlertSettingsTest.JOB, Map.of()));

    assertThatNoException().isThrownBy(() -> env.getStreamGraph().getJobGraph());
  }
}
