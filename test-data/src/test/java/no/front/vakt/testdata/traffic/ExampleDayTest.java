package no.front.vakt.testdata.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExampleDayTest {
  @Test
  void isTheShippedFile() throws IOException {
    Path file = Path.of("..", "examples", "real-texts.jsonl");
    assertThat(ExampleDay.file())
        .as(
            "examples/real-texts.jsonl is what ExampleDay makes; write it anew when ExampleDay changes")
        .isEqualTo(Files.readString(file));
  }

  @Test
  void holdsEveryTextOnce() {
    assertThat(ExampleDay.messages()).hasSize(RealTexts.all().size()).hasSize(5_574);
  }
}
