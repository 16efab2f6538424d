package no.front.vakt.controlapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.settings.SettingsReader;
import no.front.vakt.controlapi.database.DatabaseSettings;
import no.front.vakt.controlapi.http.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlApiSettingsTest {
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", "127.0.0.1:9092", "ssl.keystore.password", "hush");
  private static final Map<String, String> DATABASE =
      Map.of(
          "database.url", "jdbc:postgresql://127.0.0.1/vakt",
          "database.user", "vakt",
          "database.password", "hushhush");

  @TempDir Path directory;

  @Test
  void hasTheseDefaults() {
    assertThat(WebSettings.from(ControlApiSettings.reader(Map.of())))
        .isEqualTo(new WebSettings("127.0.0.1", 8444, 32));
    assertThat(DatabaseSettings.from(ControlApiSettings.reader(DATABASE)))
        .isEqualTo(new DatabaseSettings("jdbc:postgresql://127.0.0.1/vakt", "vakt", "hushhush", 8));
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                ControlApiSettings.of(
                    Map.of(
                        "web.port", "http",
                        "web.prot", "8444",
                        "tls.privateKey", directory.resolve("absent").toString(),
                        "database.url", "postgres://somewhere"),
                    Map.of(),
                    KeyRing.generate()))
        .isInstanceOfSatisfying(
            InvalidRecordException.class,
            e ->
                assertThat(e.problems())
                    .extracting(FieldProblem::field)
                    .containsExactlyInAnyOrder(
                        "web.port",
                        "web.prot",
                        "tls.certificate",
                        "tls.privateKey",
                        "staff.keys",
                        "database.url",
                        "database.user",
                        "kafka.bootstrap.servers"));
  }

  @Test
  void readsThePasswordFromAFileAndPrintsItNowhere() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "hushhush\n");
    Map<String, String> named =
        Map.of(
            "database.url", "jdbc:postgresql://127.0.0.1/vakt",
            "database.user", "vakt",
            "database.passwordFile", file.toString());

    ControlApiSettings settings = new ControlFixture(directory).settings(KAFKA, named);

    assertThat(settings.database().password()).isEqualTo("hushhush");
    assertThat(settings.toString()).contains("127.0.0.1:9092", "vakt").doesNotContain("hush");
  }

  @Test
  void hasEverySettingOnItsPage() throws Exception {
    String page = Files.readString(Path.of("../docs/operations/control-api.md"));
    SettingsReader reader = ControlApiSettings.reader(Map.of());
    assertThatThrownBy(() -> ControlApiSettings.of(reader, KAFKA, KeyRing.generate()))
        .isInstanceOf(InvalidRecordException.class);

    assertThat(reader.names()).isNotEmpty().allMatch(name -> page.contains("`" + name + "`"));
    assertThat(page).contains("| `web.address` | `127.0.0.1` |", "| `web.port` | `8444` |");
    assertThat(page).contains("| `web.threads` | `32` |", "| `database.connections` | `8` |");
  }
}
