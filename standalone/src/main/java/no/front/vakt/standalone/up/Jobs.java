package no.front.vakt.standalone.up;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import no.front.vakt.detection.alerts.AlertJob;
import no.front.vakt.detection.alerts.AlertSettings;
import no.front.vakt.detection.delivery.DeliveryJob;
import no.front.vakt.detection.delivery.DeliverySettings;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.detection.scoring.ScoringJob;
import no.front.vakt.standalone.up.HouseholdSettings.Application;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The household's jobs: each is started in its own member's name, where it was.
 *
 * @param sealing directory of the keys
 * @param engine what they run on
 */
record Jobs(
    HouseholdSettings settings,
    Workplace workplace,
    LocalBroker broker,
    Path sealing,
    Supplier<StreamEngine> engine) {

  StreamEngine.RunningJob scoring(Household.Road road) {
    return run(Member.SCORING_JOB, ScoringJob.NAME, road::define);
  }

  StreamEngine.RunningJob delivery() {
    return run(
        Member.DELIVERY_JOB,
        DeliveryJob.NAME,
        (environment, job) ->
            DeliveryJob.define(
                environment, DeliverySettings.read(job, settings.handedOn(Application.DELIVERY))));
  }

  StreamEngine.RunningJob alerts() {
    return run(
        Member.ALERT_JOB,
        AlertJob.NAME,
        (environment, job) ->
            AlertJob.define(
                environment, AlertSettings.read(job, settings.handedOn(Application.ALERTS))));
  }

  private StreamEngine.RunningJob run(
      Member member, String name, BiConsumer<StreamExecutionEnvironment, JobSettings> definition) {
    var connection = broker.connection(member);
    var job =
        new JobSettings(
            new KafkaConnection(connection.get("bootstrap.servers"), connection),
            sealing,
            settings.parallelism(),
            settings.checkpointInterval());
    return engine
        .get()
        .run(
            new StreamEngine.Job(
                member.commonName().replace('-', ' '),
                environment -> definition.accept(environment, job)),
            workplace.checkpointDirectory(broker.clusterId(), name));
  }
}
