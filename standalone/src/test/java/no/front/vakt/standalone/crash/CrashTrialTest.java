package no.front.vakt.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import no.front.vakt.standalone.outside.OwnPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@code bin/vakt crash}: a real process, really killed. */
class CrashTrialTest {
  private static final CrashSettings SHORT =
      new CrashSettings(1_500, 2, 20_261_123, 300, 12, false, Duration.ofMinutes(4));

  @TempDir Path directory;

  @Test
  void nothingIsLostWhenTheProcessIsKilledTwiceInTraffic() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();

    CrashReport report = new CrashTrial(SHORT, new OwnPlace(directory, "vakt"), said::add).run();

    assertThat(report.violations()).as(String.join("\n", said)).isEmpty();
    assertThat(report.notRunning()).isEmpty();
    assertThat(report.moments()).hasSize(2);
    assertThat(report.secondsToVerdict()).hasSize(2);
    assertThat(report.acknowledged())
        .as("all messages and at least a probe a start")
        .isGreaterThanOrEqualTo(SHORT.submissions() + 3)
        .isEqualTo(report.submitted());
    assertThat(report.results())
        .filteredOn(result -> result.claim().equals(new LimitsHold().claim()))
        .singleElement()
        .satisfies(limits -> assertThat(limits.note()).doesNotStartWith("0 times"));
  }
}
