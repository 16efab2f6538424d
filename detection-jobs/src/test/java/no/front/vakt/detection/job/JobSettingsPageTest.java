package no.front.vakt.detection.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import no.front.vakt.detection.alerts.AlertSettings;
import no.front.vakt.detection.delivery.DeliverySettings;
import org.junit.jupiter.api.Test;

/** The page for those who run the jobs names every setting with the default the code has. */
class JobSettingsPageTest {
  private static final JobSettings JOB =
      new JobSettings(
          new KafkaConnection("localhost:9192", Map.of()),
          Path.of("keys"),
          1,
          Duration.ofSeconds(10));
  private static final Pattern ROW = Pattern.compile("^\\| `((?:alerts|delivery)\\.[A-Za-z]+)` .*");

  private static List<String> page() throws IOException {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("docs/operations/apart.md"))) {
      place = place.getParent();
    }
    return Files.readAllLines(place.resolve("docs/operations/apart.md"));
  }

  @Test
  void ofTheAlertJob() throws IOException {
    var defaults = AlertSettings.read(JOB, Map.of());
    assertThat(rows("alerts."))
        .containsExactly(
            "alerts.intervalMinutes=" + defaults.interval().toMinutes(),
            "alerts.burstLimit=" + defaults.burstLimit(),
            "alerts.burstWindowMinutes=" + defaults.burstWindow().toMinutes(),
            "alerts.digestHour=" + defaults.digestHour(),
            "alerts.zone=" + defaults.zone());
  }

  @Test
  void ofTheDeliveryJob() throws IOException {
    assertThat(rows("delivery."))
        .containsExactly(
            "delivery.routes=" + DeliverySettings.DEFAULT_ROUTES,
            "delivery.releasesPerSecond=" + DeliverySettings.DEFAULT_RELEASES_PER_SECOND);
  }

  private static List<String> rows(String prefix) throws IOException {
    return page().stream()
        .filter(line -> ROW.matcher(line).matches() && line.startsWith("| `" + prefix))
        .map(line -> line.split("\\|"))
        .map(cells -> bare(cells[1]) + "=" + bare(cells[2]))
        .toList();
  }

  private static String bare(String cell) {
    return cell.strip().replace("`", "");
  }
}
