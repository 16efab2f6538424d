package no.front.vakt.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.files.Replay;
import no.front.vakt.detection.files.ReplayProgress;
import no.front.vakt.detection.files.ReplayRequest;
import no.front.vakt.testdata.scenario.DemoDay;
import no.front.vakt.testdata.scenario.DemoMessage;
import no.front.vakt.testdata.scenario.Incident;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The day before the real judge, with the policies it comes with. */
class DemoDayJudgedTest {
  private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");

  /** Less than any household needs to come up again. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @TempDir Path directory;

  private record Judged(DemoMessage message, Verdict verdict) {
    boolean isStopped() {
      return verdict.outcome() != Outcome.ALLOW;
    }
  }

  @ParameterizedTest(name = "seed {0}, share {1}, {2} times as fast")
  @CsvSource({"1, 1, 1", "1, 1, 320", "2, 1, 960", "7, 0.02, 9600"})
  void everyIncidentIsStoppedByItsRuleAndNothingElseIsTodayAndTomorrow(
      long seed, double share, double pace) throws Exception {
    var day = DemoDay.of(seed, share);
    // The next day begins soon after the first: what was counted yesterday stops nothing today.
    var takes = Duration.between(DemoDay.BEGIN, DemoDay.END).dividedBy((long) pace);
    var judged = judged(day, List.of(MORNING, MORNING.plus(takes).plus(PAUSE)), pace);

    for (var incident : day.incidents()) {
      if (incident.isInnocent() || incident.isRefusedAtTheDoor()) {
        continue;
      }
      var stopped =
          judged.stream()
              .filter(one -> incident.label().equals(one.message().incident()))
              .filter(Judged::isStopped)
              .toList();
      assertThat(stopped).as(incident.label()).hasSizeGreaterThan(10);
      assertThat(stopped)
          .as(incident.label())
          .allMatch(
              one ->
                  one.verdict().findings().get(0).ruleId().equals(incident.stoppedBy())
                      // The shipped default stops satellite numbers whatever a customer says.
                      || one.verdict().findings().get(0).ruleId().equals("satellite"));
    }
    var harmful =
        day.incidents().stream()
            .filter(incident -> !incident.isInnocent())
            .map(Incident::label)
            .collect(Collectors.toSet());
    assertThat(judged)
        .filteredOn(
            one -> one.message().incident() == null || !harmful.contains(one.message().incident()))
        .filteredOn(Judged::isStopped)
        .isEmpty();
  }

  private List<Judged> judged(DemoDay day, List<Instant> mornings, double pace) throws Exception {
    var atTheDoor =
        day.incidents().stream()
            .filter(Incident::isRefusedAtTheDoor)
            .map(Incident::label)
            .collect(Collectors.toSet());
    var messages = new ArrayList<DemoMessage>();
    var lines = new ArrayList<String>();
    for (var morning : mornings) {
      for (var message : day.messages()) {
        if (message.incident() == null || !atTheDoor.contains(message.incident())) {
          messages.add(message);
          var at = DemoDay.instant(message.at(), morning, pace);
          lines.add(WireJson.text(message.submission("m-" + lines.size(), at)));
        }
      }
    }
    var in = Files.write(directory.resolve("day.jsonl"), lines);
    var policies =
        Files.writeString(
            directory.resolve("policies.json"),
            "[" + String.join(",", DemoDay.policyFiles(pace).values()) + "]");
    var out = directory.resolve("verdicts.jsonl");
    Replay.run(new ReplayRequest(policies, null, in, out, 2), new ReplayProgress());
    var verdicts = Files.readAllLines(out);
    var judged = new ArrayList<Judged>();
    for (var message : messages) {
      judged.add(new Judged(message, WireJson.read(verdicts.get(judged.size()), Verdict.class)));
    }
    return judged;
  }
}
