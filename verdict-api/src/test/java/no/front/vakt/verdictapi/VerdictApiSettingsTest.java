package no.front.vakt.verdictapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.settings.SettingsReader;
import no.front.vakt.verdictapi.access.AccessSettings;
import no.front.vakt.verdictapi.http.WebSettings;
import no.front.vakt.verdictapi.kafka.LogSettings;
import no.front.vakt.verdictapi.load.LoadSettings;
import no.front.vakt.verdictapi.verdicts.VerdictSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictApiSettingsTest {
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", "127.0.0.1:9092", "ssl.keystore.password", "hush");

  @TempDir Path directory;

  @Test
  void hasTheseDefaults() {
    SettingsReader nothing = VerdictApiSettings.reader(Map.of());

    assertThat(WebSettings.from(nothing))
        .isEqualTo(new WebSettings("127.0.0.1", 8443, 32, 4_096, 256, 4 * 1024 * 1024, List.of()));
    assertThat(AccessSettings.from(nothing)).isEqualTo(new AccessSettings(10, 2, 32));
    assertThat(VerdictSettings.from(nothing)).isEqualTo(new VerdictSettings(400, 10, 128, 64));
    assertThat(LoadSettings.from(nothing)).isEqualTo(new LoadSettings(1_000, 5_000, 1_000, 250));
    assertThat(LogSettings.from(nothing)).isEqualTo(new LogSettings(0, 2_000, 30));
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                VerdictApiSettings.of(
                    Map.of(
                        "web.port", "http",
                        "web.prot", "8443",
                        "tls.privateKey", directory.resolve("absent").toString(),
                        "callers.allowedSubjects", "no name",
                        "load.customerBurst", "0",
                        "log.replyPartition", "24"),
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
                        "tls.clientAuthority",
                        "callers.allowedSubjects",
                        "load.customerBurst",
                        "log.replyPartition",
                        "kafka.bootstrap.servers"));
  }

  @Test
  void refusesADoorThatNobodyCouldOpenAndKeysThatAreNone() throws Exception {
    Path keys = Files.writeString(directory.resolve("keys"), "gateway not-a-hash\n");

    assertThatThrownBy(() -> VerdictApiSettings.of(Map.of(), KAFKA, KeyRing.generate()))
        .hasMessageContaining("nobody could call");
    assertThatThrownBy(
            () ->
                VerdictApiSettings.of(
                    Map.of("callers.bearerKeys", keys.toString()), KAFKA, KeyRing.generate()))
        .hasMessageContaining("callers.bearerKeys: line 1 is not")
        .hasMessageNotContaining("not-a-hash");
  }

  @Test
  void prefersTheEnvironmentAndRefusesWhatItDoesNotKnowThere() {
    assertThat(
            WebSettings.from(
                    VerdictApiSettings.reader(
                        Map.of("web.port", "1"),
                        Map.of("VAKT_VERDICT_API_WEB_PORT", "2", "HOME", "/")))
                .port())
        .isEqualTo(2);
    SettingsReader reader =
        VerdictApiSettings.reader(Map.of(), Map.of("VAKT_VERDICT_API_WEB_PROT", "2"));
    assertThatThrownBy(reader::finish).hasMessageContaining("VAKT_VERDICT_API_WEB_PROT");
  }

  @Test
  void printsNoPassword() throws Exception {
    assertThat(new DoorFixture(directory).settings(KAFKA, Map.of()).toString())
        .contains("127.0.0.1:9092")
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web.trustedProxies",
        "access.failuresPerMinute",
        "access.passwordThreads",
        "access.passwordQueue",
        "verdicts.heldMegabytes"
      })
  void hasALineInTheManual(String setting) throws Exception {
    assertThat(Files.readString(Path.of("../docs/operations/verdict-api.md")))
        .contains("`" + setting + "`");
  }
}
