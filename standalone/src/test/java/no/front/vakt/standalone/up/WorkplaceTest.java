package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import no.front.vakt.standalone.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {
  @TempDir Path home;

  @Test
  void isTakenByOneAtATimeAndNamesWhoHasIt() {
    try (var first = Workplace.take(home.resolve("var"))) {
      assertThat(first.brokerDirectory()).isEqualTo(home.resolve("var/broker"));
      assertThatThrownBy(() -> Workplace.take(home.resolve("var")))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("already up")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    Workplace.take(home.resolve("var")).close();
  }

  @Test
  void isTakenOverFromAProcessThatDied() throws Exception {
    Workplace.take(home.resolve("var")).close();
    Files.writeString(home.resolve("var/pid"), "999999\n");
    try (var workplace = Workplace.take(home.resolve("var"))) {
      assertThat(home.resolve("var/pid")).hasContent(String.valueOf(ProcessHandle.current().pid()));
      workplace.checkFreeSpace();
    }
  }

  @Test
  void refusesAFullDisk() {
    try (var workplace = Workplace.take(home.resolve("var"))) {
      workplace.checkFreeSpace(1L << 30);
      assertThatThrownBy(() -> workplace.checkFreeSpace((1L << 30) - 1))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("has 1023 MB free and Vakt needs at least 1024");
    }
  }

  @Test
  void namesThePortThatIsTakenAndHowToChooseAnother() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var settings =
          HouseholdSettings.read(
              home, Map.of(), Map.of("https.port", String.valueOf(taken.getLocalPort())));
      assertThatThrownBy(() -> Workplace.checkPorts(settings))
          .isInstanceOf(Refusal.class)
          .hasMessageContainingAll(
              "Port " + taken.getLocalPort(),
              "--set https.port=PORT",
              "VAKT_HTTPS_PORT",
              "vakt.properties");
    }
  }

  @Test
  void refusesADirectoryThatOthersMayEnter() throws Exception {
    Files.createDirectory(home.resolve("var"));
    Files.setPosixFilePermissions(
        home.resolve("var"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> Workplace.take(home.resolve("var"))).hasMessageContaining("chmod 700");
  }
}
