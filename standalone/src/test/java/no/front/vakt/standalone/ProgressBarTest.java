package no.front.vakt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import no.front.vakt.standalone.ProgressBar.Progress;
import no.front.vakt.standalone.ProgressBar.Style;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Progress now = new Progress("noon", 0.5, "half done");

  @Test
  void drawsOnOneLineOfATerminal() {
    try (var bar = bar(Style.BAR)) {
      bar.draw();
      assertThat(printed()).isEqualTo("noon [############------------]  50 %  half done");
    }
  }

  @Test
  void wipesWhatItDrewBeforeItDrawsAgainOrLeaves() {
    var bar = bar(Style.BAR);
    bar.draw();
    var blank = "\r" + " ".repeat(printed().length()) + "\r";
    printed.reset();
    bar.say("A line.");
    assertThat(printed()).startsWith(blank + "A line.\nnoon [").endsWith("half done");
    printed.reset();
    bar.close();
    assertThat(printed()).isEqualTo(blank);
    bar.draw();
    assertThat(printed()).as("nothing is drawn any more").isEqualTo(blank);
  }

  @Test
  void neverReachesTheLastColumnOfATerminal() {
    now = new Progress("noon", 2, "x".repeat(200));
    try (var bar = bar(Style.BAR)) {
      bar.draw();
      assertThat(printed()).hasSize(99).contains(" 100 % ");
    }
  }

  @Test
  void withoutATerminalItTellsEachTenthOnce() {
    try (var bar = bar(Style.LINES)) {
      for (double share : new double[] {0.05, 0.1, 0.15, 0.31, 1, 1}) {
        now = new Progress("noon", share, "done");
        bar.draw();
      }
      bar.say("A line.");
    }
    assertThat(printed())
        .isEqualTo("noon   10 %  done\nnoon   30 %  done\nnoon  100 %  done\nA line.\n");
  }

  @Test
  void isSilentWhereNobodyWantsIt() {
    try (var bar = bar(Style.NOTHING)) {
      bar.draw();
    }
    assertThat(printed()).isEmpty();
  }

  private ProgressBar bar(Style style) {
    return new ProgressBar(
        new PrintStream(printed, true, StandardCharsets.UTF_8), () -> now, style);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
