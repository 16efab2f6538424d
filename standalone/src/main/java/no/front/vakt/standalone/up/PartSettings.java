package no.front.vakt.standalone.up;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import no.front.vakt.alerting.AlertingSettings;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.controlapi.ControlApiSettings;
import no.front.vakt.detection.alerts.AlertSettings;
import no.front.vakt.detection.delivery.DeliverySettings;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.database.DatabaseAccess;
import no.front.vakt.standalone.up.HouseholdSettings.Application;
import no.front.vakt.verdictapi.VerdictApiSettings;

/**
 * Whether every part can use the settings that are handed on to it, before any of them is started:
 * all problems of all parts at once, by the names a person wrote.
 */
final class PartSettings {
  /** What the household says itself, by settings of its own. */
  private static final Map<Application, Set<String>> OURS =
      Map.of(
          Application.VERDICT_API,
          Set.of("web.address", "web.port", "tls.certificate", "tls.privateKey"),
          Application.CONTROL_API,
          Set.of(
              "web.address",
              "web.port",
              "tls.certificate",
              "tls.privateKey",
              "database.url",
              "database.user",
              "database.password",
              "database.passwordFile"));

  private static final KafkaConnection NO_BROKER_YET = new KafkaConnection("localhost:0", Map.of());
  private static final DatabaseAccess NO_DATABASE_YET =
      new DatabaseAccess("jdbc:postgresql://localhost/none", "none", Path.of(""));

  private final List<String> problems = new ArrayList<>();

  private PartSettings() {}

  /**
   * Checks them.
   *
   * @throws Refusal with all problems
   */
  static void check(HouseholdSettings settings, Certificates certificates, SecretKeys secrets) {
    var check = new PartSettings();
    OURS.forEach(
        (part, ours) ->
            new TreeSet<>(settings.handedOn(part).keySet())
                .stream()
                    .filter(ours::contains)
                    .forEach(
                        key ->
                            check.problems.add(
                                part.prefix()
                                    + key
                                    + " is the household's to say: see its own settings")));
    var kafka = Map.<String, Object>of("bootstrap.servers", NO_BROKER_YET.bootstrapServers());
    KeyRing keys = secrets.keyRing();
    check.of(
        Application.VERDICT_API,
        () -> VerdictApiSettings.of(Door.named(settings, certificates, secrets), kafka, keys));
    check.of(
        Application.CONTROL_API,
        () ->
            ControlApiSettings.of(
                ControlPlane.named(
                    settings,
                    certificates,
                    secrets,
                    new DatabaseAccess(
                        NO_DATABASE_YET.url(), NO_DATABASE_YET.user(), secrets.databaseKey())),
                kafka,
                keys));
    check.of(
        Application.ALERTING,
        () -> AlertingSettings.of(MailRoom.named(settings, certificates, secrets), kafka, keys));
    var job = new JobSettings(NO_BROKER_YET, secrets.sealing(), 1, Duration.ofSeconds(1));
    check.of(
        Application.DELIVERY,
        () -> DeliverySettings.read(job, settings.handedOn(Application.DELIVERY)));
    check.of(
        Application.ALERTS, () -> AlertSettings.read(job, settings.handedOn(Application.ALERTS)));
    if (!check.problems.isEmpty()) {
      throw new Refusal("The settings are not right: " + String.join("; ", check.problems) + ".");
    }
  }

  private void of(Application part, Runnable reading) {
    try {
      reading.run();
    } catch (InvalidRecordException e) {
      problems.add(
          e.problems().stream()
              .map(problem -> part.prefix() + words(problem))
              .collect(Collectors.joining("; ")));
    }
  }

  private static String words(FieldProblem problem) {
    return problem.field() + " " + problem.reason();
  }
}
