package no.front.vakt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VaktTest {
  @Test
  void aWrongOptionIsOneSentenceAndTheWayToHelp() {
    assertThat(errorsOf(2, "up", "--fast"))
        .isEqualTo("Unknown option: '--fast'. See 'bin/vakt up --help'.\n");
  }

  @Test
  void aRefusalIsItsSentenceAndNothingElse() {
    assertThat(errorsOf(1, "up", "--set", "https.prot=1"))
        .isEqualTo("The settings are not right: https.prot (--set) is not a setting.\n");
  }

  private static String errorsOf(int status, String... arguments) {
    var captured = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      assertThat(Vakt.run(arguments)).isEqualTo(status);
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }
}
