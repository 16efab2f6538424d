package no.front.vakt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/vakt} as a process of its own, as far as it goes without a build. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../bin/vakt").toAbsolutePath().normalize();

  @TempDir Path elsewhere;

  private record Ended(int status, String output) {}

  @Test
  void tellsWhatItCanDoFromAnyDirectoryAndThroughALink() throws Exception {
    var link = Files.createSymbolicLink(elsewhere.resolve("vakt"), LAUNCHER);
    var ended = run(Map.of(), link.toString(), "help");
    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("bin/vakt up", "bin/vakt replay", "bin/vakt test");
  }

  @Test
  void refusesACommandItDoesNotKnow() throws Exception {
    var ended = run(Map.of(), LAUNCHER.toString(), "fly");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output()).contains("'fly' is not a command of Vakt");
  }

  @Test
  void tellsThatAJavaIsTooOldInOneSentence() throws Exception {
    var java = fakeJava("java.specification.version = 1.8");
    var ended = run(Map.of("JAVA_HOME", java.toString()), LAUNCHER.toString(), "up");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output().lines())
        .singleElement()
        .asString()
        .contains("Vakt needs Java 17 or newer", "is Java 8", "JAVA_HOME");
  }

  @Test
  void tellsThatThereIsNoJavaInOneSentence() throws Exception {
    var ended = run(Map.of("JAVA_HOME", elsewhere.toString()), LAUNCHER.toString(), "up");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output().lines())
        .singleElement()
        .asString()
        .contains("there is no bin/java in it");
  }

  private Path fakeJava(String properties) throws Exception {
    var home = elsewhere.resolve("old-java");
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(
        home.resolve("bin/java"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho '    %s'\n".formatted(properties));
    return home;
  }

  private Ended run(Map<String, String> environment, String... command) throws Exception {
    var output = elsewhere.resolve("output");
    var builder =
        new ProcessBuilder(List.of(command))
            .directory(elsewhere.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }
}
