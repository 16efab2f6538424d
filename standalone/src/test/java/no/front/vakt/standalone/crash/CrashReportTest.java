package no.front.vakt.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CrashReportTest {
  private static CrashReport report(double seconds, Check.Result... results) {
    return new CrashReport(
        100, 99, 3, List.of(KillPlan.Moment.TRAFFIC), List.of(seconds), 7, List.of(results));
  }

  @Test
  void whatHoldsPasses() {
    assertThat(report(15, Check.Result.of("all is well", 100, List.of(), "")).against()).isEmpty();
  }

  @Test
  void oneViolationFailsAndIsNamed() {
    CrashReport report =
        report(8, Check.Result.of("all is well", 100, List.of("skolen/m-1: lost"), ""));

    assertThat(report.against()).containsExactly("1 violations");
    assertThat(report.lines()).anyMatch(line -> line.contains("skolen/m-1: lost"));
  }

  @Test
  void manyViolationsAreCutInTheTableAndKeptInTheList() {
    List<String> many = IntStream.range(0, 25).mapToObj(i -> "skolen/m-" + i + ": lost").toList();
    CrashReport report = report(8, Check.Result.of("all is well", 100, many, ""));

    assertThat(report.lines()).anyMatch(line -> line.contains("and 15 more"));
    assertThat(report.violations()).isEqualTo(many);
  }

  @Test
  void aSlowStartFails() {
    assertThat(report(15.1).against()).containsExactly("a first verdict took 15.1 s, more than 15");
  }

  @Test
  void whatDoesNotRunFailsOnlyWhereAllIsExpectedToRun() {
    CrashReport report = report(8, Check.Result.notRunning("all is told", "vakt.alerts"));

    assertThat(report.against()).containsExactly("not running: all is told");
  }

  @Test
  void refusesATrialOfNothing() {
    assertThat(new CommandLine(new CrashCommand()).execute("--submissions", "0")).isEqualTo(2);
  }
}
