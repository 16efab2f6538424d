package no.front.vakt.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control API as a process of its own. */
class ControlApiMainTest {
  @TempDir Path directory;

  private record Ended(int status, String errors, String output) {}

  private Ended run(Path settings) throws Exception {
    Path errors = directory.resolve("errors");
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ControlApi.class.getName(),
                settings.toString())
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    return new Ended(status, Files.readString(errors), Files.readString(output));
  }

  @Test
  void saysInASentenceThatItsSettingsAreNotThere() throws Exception {
    Path absent = directory.resolve("absent.properties");

    Ended ended = run(absent);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors().lines())
        .containsExactly("control-api: " + absent + ": there is no such file");
    assertThat(ended.output()).isEmpty();
  }

  @Test
  void saysInASentenceThatItsPortIsTaken() throws Exception {
    ControlFixture fixture = new ControlFixture(directory);
    Path keys = Files.createDirectory(directory.resolve("keys"));
    fixture.keys().save(keys);
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Properties settings = new Properties();
      settings.putAll(
          fixture.named(
              Map.of(
                  "web.port", "" + other.getLocalPort(),
                  "keys.directory", keys.toString(),
                  "kafka.bootstrap.servers", "127.0.0.1:1",
                  "database.url", "jdbc:postgresql://127.0.0.1:1/vakt",
                  "database.user", "vakt")));
      Path file = directory.resolve("control-api.properties");
      try (OutputStream out = Files.newOutputStream(file)) {
        settings.store(out, null);
      }

      Ended ended = run(file);

      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.errors().lines())
          .containsExactly(
              "control-api: port " + other.getLocalPort() + " is taken by another program");
      assertThat(ended.output()).doesNotContain("\tat ", "Exception", "APPLICATION FAILED");
    }
  }
}
