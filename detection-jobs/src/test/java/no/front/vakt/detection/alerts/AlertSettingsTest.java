package no.front.vakt.detection.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {
  static final JobSettings JOB =
      new JobSettings(
          new KafkaConnection("unused.example:9093", Map.of()),
          Path.of("unused"),
          2,
          Duration.ofMillis(200));

  @Test
  void theseAreTheNamesAndDefaults() {
    AlertSettings settings = AlertSettings.read(JOB, Map.of());

    assertThat(settings)
        .isEqualTo(
            new AlertSettings(
                JOB,
                Duration.ofMinutes(15),
                50,
                Duration.ofMinutes(5),
                7,
                ZoneId.of("Europe/Oslo")));
    assertThat(
            AlertSettings.read(
                JOB,
                Map.of(
                    "intervalMinutes", "30",
                    "burstLimit", "20",
                    "burstWindowMinutes", "10",
                    "digestHour", "6",
                    "zone", "UTC")))
        .isEqualTo(
            new AlertSettings(
                JOB, Duration.ofMinutes(30), 20, Duration.ofMinutes(10), 6, ZoneId.of("UTC")));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    InvalidRecordException refused =
        catchThrowableOfType(
            InvalidRecordException.class,
            () ->
                AlertSettings.read(
                    JOB,
                    Map.of(
                        "intervalMinutes", "soon",
                        "burstLimit", "0",
                        "digestHour", "24",
                        "zone", "Oslo by",
                        "alerts.colour", "red")));

    assertThat(refused.problems())
        .extracting(FieldProblem::field)
        .containsExactlyInAnyOrder(
            "intervalMinutes", "burstLimit", "digestHour", "zone", "alerts.colour");
  }
}
