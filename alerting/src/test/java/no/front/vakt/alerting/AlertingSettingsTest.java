package no.front.vakt.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import no.front.vakt.alerting.inbox.LogSettings;
import no.front.vakt.alerting.mail.SmtpSettings;
import no.front.vakt.alerting.mail.TextSettings;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.alerting.recipient.StaffSettings;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import org.junit.jupiter.api.Test;

class AlertingSettingsTest {
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", "127.0.0.1:9092", "ssl.keystore.password", "hush");
  private static final Map<String, String> LEAST =
      Map.of(
          "smtp.host", "mail.example",
          "mail.from", "vakt@front.example",
          "staff.recipients", "a@front.example; b@front.example",
          "console.address", "https://vakt.front.example/");

  private static AlertingSettings settings() {
    return AlertingSettings.of(LEAST, KAFKA, KeyRing.generate());
  }

  @Test
  void hasTheseDefaults() {
    AlertingSettings settings = settings();

    assertThat(settings.smtp())
        .isEqualTo(
            new SmtpSettings(
                "mail.example",
                465,
                false,
                null,
                null,
                null,
                10,
                30,
                2,
                "vakt@front.example",
                "Vakt",
                "vakt@front.example"));
    assertThat(settings.text()).isEqualTo(new TextSettings("https://vakt.front.example/", null));
    assertThat(settings.staff())
        .isEqualTo(
            new StaffSettings(
                List.of("a@front.example", "b@front.example"),
                Language.NB,
                ZoneId.of("Europe/Oslo")));
    assertThat(settings.log()).isEqualTo(new LogSettings("alerting", 30, 200));
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                AlertingSettings.of(
                    Map.of(
                        "smtp.prot", "465",
                        "smtp.port", "0",
                        "smtp.tls", "none",
                        "smtp.user", "vakt",
                        "mail.from", "Vakt <vakt@front.example>",
                        "staff.recipients", "not an address",
                        "staff.language", "sv",
                        "staff.timeZone", "Oslo",
                        "console.address", "http://vakt.example/?x=1",
                        "smtp.certificateAuthority", "absent.pem"),
                    Map.of(),
                    KeyRing.generate()))
        .isInstanceOfSatisfying(
            InvalidRecordException.class,
            e ->
                assertThat(e.problems())
                    .extracting(FieldProblem::field)
                    .contains(
                        "smtp.prot",
                        "smtp.port",
                        "smtp.tls",
                        "smtp.host",
                        "smtp.passwordFile",
                        "smtp.certificateAuthority",
                        "mail.from",
                        "staff.recipients",
                        "staff.language",
                        "staff.timeZone",
                        "console.address",
                        "kafka.bootstrap.servers"));
  }

  @Test
  void printsNeitherPasswordsNorPeople() {
    assertThat(settings().toString())
        .contains("mail.example:465", "2 recipients")
        .doesNotContain("hush")
        .doesNotContain("a@front.example");
  }

  @Test
  void hasAPageWithEverySetting() throws Exception {
    String page = Files.readString(Path.of("../docs/operations/alerting.md"));
    for (String name :
        List.of(
            "smtp.host",
            "smtp.port",
            "smtp.tls",
            "smtp.user",
            "smtp.passwordFile",
            "smtp.certificateAuthority",
            "smtp.connectSeconds",
            "smtp.answerSeconds",
            "smtp.threads",
            "mail.from",
            "mail.fromName",
            "mail.envelopeSender",
            "mail.contact",
            "staff.recipients",
            "staff.language",
            "staff.timeZone",
            "console.address",
            "queue.openAlertsPerPartition",
            "log.group",
            "log.startSeconds")) {
      assertThat(page).contains("| `" + name + "` |");
    }
  }
}
