package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.database.DatabaseAccess;
import no.front.vakt.standalone.files.OwnerOnly;
import no.front.vakt.standalone.up.HouseholdSettings.Application;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseholdSettingsTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path home;

  @Test
  void theDefaultsAreThese() {
    var settings = HouseholdSettings.read(home, NONE, NONE);
    assertThat(settings.httpsPort()).isEqualTo(8443);
    assertThat(settings.bindAddress().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.doorIdentity()).isEmpty();
    assertThat(settings.brokerPort()).isEqualTo(9192);
    assertThat(settings.controllerPort()).isEqualTo(9193);
    assertThat(settings.controlPort()).isEqualTo(8444);
    assertThat(settings.databasePort()).isEqualTo(5442);
    assertThat(settings.databaseServer()).isEmpty();
    assertThat(settings.mailPort()).isEqualTo(8465);
    assertThat(settings.mailPagePort()).isEqualTo(8025);
    assertThat(settings.dataDirectory()).isEqualTo(home.resolve("var"));
    assertThat(settings.keysDirectory()).isEqualTo(home.resolve("keys"));
    assertThat(settings.policiesDirectory()).isEqualTo(home.resolve("policies"));
    assertThat(settings.parallelism()).isEqualTo(2);
    assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theCommandLineIsStrongerThanTheEnvironmentAndThatThanTheFile() throws Exception {
    Files.writeString(
        home.resolve("vakt.properties"),
        "https.port=1001\nbroker.port=1002\ncontroller.port = 1003\n");
    var settings =
        HouseholdSettings.read(
            home,
            Map.of("VAKT_BROKER_PORT", "2002", "VAKT_CONTROLLER_PORT", "2003"),
            Map.of("controller.port", "3003"));
    assertThat(settings.httpsPort()).isEqualTo(1001);
    assertThat(settings.brokerPort()).isEqualTo(2002);
    assertThat(settings.controllerPort()).isEqualTo(3003);
  }

  @Test
  void allProblemsAreToldAtOnce() throws Exception {
    Files.writeString(home.resolve("vakt.properties"), "https.prot=8443\nparallelism=99\n");
    assertThatThrownBy(
            () ->
                HouseholdSettings.read(
                    home,
                    Map.of("VAKT_BROKER_PORTS", "1"),
                    Map.of("broker.port", "many", "x", "y")))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll(
            "https.prot (vakt.properties) is not a setting",
            "VAKT_BROKER_PORTS is not a setting",
            "x (--set) is not a setting",
            "broker.port must be a number from 1 to 65535, not 'many'",
            "parallelism must be a number from 1 to 24, not '99'");
  }

  @Test
  void theLaunchersVariablesAreNotSettings() {
    var environment = Map.of("VAKT_JAVA_OPTS", "-Xmx2g", "VAKT_HOME", "/x", "PATH", "/bin");
    assertThat(HouseholdSettings.read(home, environment, NONE).httpsPort()).isEqualTo(8443);
  }

  @Test
  void whatIsAnApplicationsOwnIsHandedOnToItAlone() throws Exception {
    Files.writeString(
        home.resolve("vakt.properties"),
        "verdict-api.web.threads=8\ncontrol-api.console.address = https://vakt.example\n");
    var settings =
        HouseholdSettings.read(home, NONE, Map.of("alerting.smtp.host", "mail.front.example"));
    assertThat(settings.handedOn(Application.VERDICT_API))
        .containsExactly(entry("web.threads", "8"));
    assertThat(settings.handedOn(Application.CONTROL_API))
        .containsExactly(entry("console.address", "https://vakt.example"));
    assertThat(settings.handedOn(Application.ALERTING))
        .containsExactly(entry("smtp.host", "mail.front.example"));
  }

  @Test
  void aDatabaseElsewhereNeedsUrlUserAndPasswordFile() throws Exception {
    var file = home.resolve("database.key");
    OwnerOnly.write(file, "fictional\n");
    var url = "jdbc:postgresql://db.front.example/vakt?sslmode=verify-full";
    var complete =
        Map.of(
            "database.url", url, "database.user", "vakt", "database.passwordFile", "database.key");
    assertThat(HouseholdSettings.read(home, NONE, complete).databaseServer())
        .contains(new DatabaseAccess(url, "vakt", file));

    assertThatThrownBy(() -> HouseholdSettings.read(home, NONE, Map.of("database.url", url)))
        .hasMessageContaining("must be set together");
  }

  @Test
  void aDatabaseElsewhereIsVerifiedAndItsLoginStandsInNoUrl() throws Exception {
    Files.writeString(home.resolve("open"), "fictional");
    Files.setPosixFilePermissions(
        home.resolve("open"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(
            () ->
                HouseholdSettings.read(
                    home,
                    NONE,
                    Map.of(
                        "database.url",
                        "jdbc:postgresql://db.front.example/vakt?sslmode=require&password=x",
                        "database.user",
                        "vakt",
                        "database.passwordFile",
                        "open")))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll(
            "must say sslmode=verify-full",
            "must not carry a login",
            "open is open to other users (rw-r--r--)");
  }

  @Test
  void anAddressThatOthersReachNeedsTheOperatorsOwnCertificate() throws Exception {
    assertThatThrownBy(() -> HouseholdSettings.read(home, NONE, Map.of("bind.address", "0.0.0.0")))
        .hasMessageContaining("not loopback: set door.certificate and door.key to your own");

    Files.writeString(home.resolve("our.crt"), "certificate");
    Files.writeString(home.resolve("our.key"), "key");
    var settings =
        HouseholdSettings.read(
            home,
            NONE,
            Map.of(
                "bind.address", "0.0.0.0", "door.certificate", "our.crt", "door.key", "our.key"));
    assertThat(settings.doorIdentity())
        .contains(
            new HouseholdSettings.DoorIdentity(home.resolve("our.crt"), home.resolve("our.key")));
  }

  @Test
  void aCertificateNeedsItsKeyAndBothMustBeThere() {
    assertThatThrownBy(
            () -> HouseholdSettings.read(home, NONE, Map.of("door.certificate", "our.crt")))
        .hasMessageContaining("must be set together");
    assertThatThrownBy(
            () ->
                HouseholdSettings.read(
                    home, NONE, Map.of("door.certificate", "our.crt", "door.key", "our.key")))
        .hasMessageContainingAll(
            "door.certificate names a file that cannot be read", "door.key names");
  }

  @Test
  void thePortsDifferAndKeysLieApartFromData() {
    assertThatThrownBy(() -> HouseholdSettings.read(home, NONE, Map.of("broker.port", "8443")))
        .hasMessageContaining("https.port and broker.port are both 8443: choose different ports");
    assertThatThrownBy(
            () ->
                HouseholdSettings.read(
                    home, NONE, Map.of("mail.port", "5442", "mail.pagePort", "9193")))
        .hasMessageContainingAll(
            "database.port and mail.port are both 5442",
            "controller.port and mail.pagePort are both 9193");
    assertThatThrownBy(
            () -> HouseholdSettings.read(home, NONE, Map.of("keys.directory", "var/keys")))
        .hasMessageContaining("must lie apart");
  }

  @Test
  void theReferencePageShowsThemAll() throws Exception {
    assertThat(Path.of("../docs/operations/settings.md"))
        .content()
        .contains(HouseholdSettings.reference());
  }
}
