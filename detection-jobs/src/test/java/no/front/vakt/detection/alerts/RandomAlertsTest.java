package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.scoring.Traffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random verdicts, some twice, some read again after a crash, against a model that knows only what
 * people must be able to rely on: whatever a live rule said is in some alert of that customer and
 * rule, counted once, and nothing a shadow rule said is in any.
 */
class RandomAlertsTest {
  private static final Duration LONGEST = Duration.ofHours(12);

  /** One finding that people must be told of. */
  private record Spoken(String customerId, String ruleId, Instant at) {}

  /** A verdict of the log and when the wall clock shows it being read. */
  private record Read(RawRecord raw, Instant wall) {}

  private final Map<String, Integer> messages = new TreeMap<>();
  private final List<Spoken> spoken = new ArrayList<>();

  private List<Read> log(Random random) {
    List<Read> log = new ArrayList<>();
    Instant at = NOON;
    for (int i = 0; i < 250; i++) {
      at = at.plusMillis(random.nextInt(20) == 0 ? 2_400_000 : random.nextInt(120_000));
      String customerId = "club-" + random.nextInt(3);
      Map<String, Finding> findings = new HashMap<>();
      for (int f = random.nextInt(3); f > 0; f--) {
        String ruleId = "rule-" + random.nextInt(3);
        Action action = Action.values()[random.nextInt(Action.values().length)];
        findings.put(ruleId, Told.finding(ruleId, action, random.nextInt(4) == 0));
      }
      RawRecord raw =
          Told.judged(customerId, "m-" + i, at, findings.values().toArray(new Finding[0]));
      log.add(new Read(raw, at));
      if (random.nextInt(10) == 0) {
        log.add(new Read(raw, at));
      }
      for (Finding finding : findings.values()) {
        if (!finding.shadow() && finding.action() != Action.OBSERVE) {
          spoken.add(new Spoken(customerId, finding.ruleId(), at));
          messages.merge(customerId + "/" + finding.ruleId(), 1, Integer::sum);
        }
      }
    }
    return log;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noAlertIsLostAndNoShadowSpeaks(long seed) throws Exception {
    Random random = new Random(seed);
    List<Read> log = log(random);
    List<Alert> alerts = new ArrayList<>();
    Instant end = log.get(log.size() - 1).wall().plus(LONGEST);
    int crashAt = random.nextInt(log.size());
    int snapshotAt = random.nextInt(crashAt + 1);
    OperatorSubtaskState state = null;
    try (Seat<RawRecord, Raised> seat = Seat.episodes(Told.options(), null).at(NOON)) {
      for (int i = 0; i <= crashAt; i++) {
        if (i == snapshotAt) {
          state = seat.snapshot();
        }
        alerts.addAll(Told.ofRaised(seat.passTo(log.get(i).wall())));
        alerts.addAll(Told.ofRaised(seat.hear(log.get(i).raw())));
      }
    }
    try (Seat<RawRecord, Raised> again = Seat.episodes(Told.options(), state)) {
      again.at(log.get(crashAt).wall());
      for (Read read : log.subList(snapshotAt, log.size())) {
        alerts.addAll(Told.ofRaised(again.passTo(read.wall())));
        alerts.addAll(Told.ofRaised(again.hear(read.raw())));
      }
      alerts.addAll(Told.ofRaised(again.passTo(end)));
    }

    for (Spoken each : spoken) {
      for (AlertAudience audience : AlertAudience.values()) {
        assertThat(alerts)
            .as("%s to %s", each, audience)
            .anyMatch(alert -> alert.audience() == audience && covers(alert, each));
      }
    }
    assertThat(new TreeSet<>(alerts.stream().map(RandomAlertsTest::subject).toList()))
        .isEqualTo(messages.keySet());
    assertThat(sums(alerts)).isEqualTo(messages);
  }

  private static boolean covers(Alert alert, Spoken each) {
    return each.customerId().equals(alert.customerId())
        && each.ruleId().equals(alert.ruleId())
        && !each.at().isBefore(alert.since())
        && !each.at().isAfter(alert.until());
  }

  private static String subject(Alert alert) {
    return alert.customerId() + "/" + alert.ruleId();
  }

  /** What the all-clears say in the end, the last run's of each episode. */
  private static Map<String, Integer> sums(List<Alert> alerts) {
    Map<String, Alert> last = new HashMap<>();
    for (Alert alert : alerts) {
      if (alert.type() == AlertType.ALL_CLEAR && alert.audience() == AlertAudience.STAFF) {
        last.put(subject(alert) + alert.since(), alert);
      }
    }
    List<Alert> ended = new ArrayList<>(last.values());
    // An episode that a crash made longer holds those that had ended within it before.
    ended.removeIf(
        one ->
            last.values().stream()
                .anyMatch(
                    other ->
                        other != one
                            && subject(other).equals(subject(one))
                            && !one.since().isBefore(other.since())
                            && !one.until().isAfter(other.until())));
    Map<String, Integer> sums = new TreeMap<>();
    ended.forEach(alert -> sums.merge(subject(alert), (int) alert.messages(), Integer::sum));
    return sums;
  }
}
