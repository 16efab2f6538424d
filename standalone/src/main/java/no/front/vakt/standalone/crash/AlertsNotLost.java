package no.front.vakt.standalone.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;

/**
 * Whatever a live rule said of a message is told to people: by an alert whose time covers it, by an
 * episode that is still open, or by the one alert to staff about many customers. What only a shadow
 * rule said is told to nobody.
 */
final class AlertsNotLost implements Check {
  /** How far a door's stamp and the log's may lie apart (design decision 7). */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** Whom and what an alert is about. */
  private record Subject(String customerId, String ruleId) {}

  @Override
  public String claim() {
    return "every live finding is told by an alert, no shadow one is";
  }

  @Override
  public Result examine(Evidence evidence) {
    Map<Subject, List<Alert>> alerts = new HashMap<>();
    List<Alert> aboutMany = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Alert alert : evidence.logs().alerts()) {
      ids.add(alert.alertId());
      if (alert.type() == AlertType.MANY_CUSTOMERS) {
        aboutMany.add(alert);
      } else if (alert.customerId() != null && alert.ruleId() != null) {
        alerts
            .computeIfAbsent(
                new Subject(alert.customerId(), alert.ruleId()), subject -> new ArrayList<>())
            .add(alert);
      }
    }
    List<String> violations = new ArrayList<>();
    Set<Subject> spoken = new HashSet<>();
    long findings = 0;
    long toldOfMany = 0;
    for (Logs.Judged judged : evidence.effective().values()) {
      for (Finding finding : judged.verdict().findings()) {
        if (finding.shadow() || finding.action() == Action.OBSERVE) {
          continue;
        }
        findings++;
        var subject = new Subject(judged.identity().customerId(), finding.ruleId());
        spoken.add(subject);
        if (isTold(judged, alerts.getOrDefault(subject, List.of()))) {
          continue;
        }
        if (isToldOfMany(judged, aboutMany)) {
          toldOfMany++;
        } else {
          violations.add(
              Check.about(
                  judged.identity(),
                  "%s by rule %s, and no alert tells of it"
                      .formatted(finding.action(), finding.ruleId())));
        }
      }
    }
    if (evidence.logs().alerts().isEmpty() && findings > 0) {
      return Result.notRunning(claim(), "vakt.alerts");
    }
    alerts.forEach(
        (subject, told) -> {
          if (!spoken.contains(subject)) {
            violations.add(
                "%s: alert %s tells of rule %s, which never spoke but in shadow"
                    .formatted(subject.customerId, told.get(0).alertId(), subject.ruleId));
          }
        });
    return Result.of(
        claim(),
        findings,
        violations,
        "%d alerts, %d written again; %d findings told by those about many customers alone"
            .formatted(ids.size(), evidence.logs().alerts().size() - ids.size(), toldOfMany));
  }

  private static boolean isTold(Logs.Judged judged, List<Alert> alerts) {
    for (Alert alert : alerts) {
      if (begins(alert, judged) && (lasts(alert, judged) || isOpen(alert, judged, alerts))) {
        return true;
      }
    }
    return false;
  }

  /** A first alert stands for what follows until the all-clear. */
  private static boolean isOpen(Alert first, Logs.Judged judged, List<Alert> alerts) {
    return first.type() == AlertType.FIRST
        && alerts.stream()
            .noneMatch(
                clear ->
                    clear.type() == AlertType.ALL_CLEAR
                        && !clear.raisedAt().isBefore(first.raisedAt())
                        && !lasts(clear, judged));
  }

  private static boolean isToldOfMany(Logs.Judged judged, List<Alert> aboutMany) {
    return aboutMany.stream()
        .anyMatch(
            alert ->
                begins(alert, judged)
                    && (alert.customers().contains(judged.identity().customerId())
                        || alert.customerCount() > alert.customers().size()));
  }

  private static boolean begins(Alert alert, Logs.Judged judged) {
    return !alert.since().isAfter(latest(judged).plus(SLACK));
  }

  private static boolean lasts(Alert alert, Logs.Judged judged) {
    return !alert.until().isBefore(earliest(judged).minus(SLACK));
  }

  private static Instant earliest(Logs.Judged judged) {
    Instant decided = judged.verdict().decidedAt();
    return judged.submittedAt().isBefore(decided) ? judged.submittedAt() : decided;
  }

  private static Instant latest(Logs.Judged judged) {
    Instant decided = judged.verdict().decidedAt();
    return judged.submittedAt().isBefore(decided) ? decided : judged.submittedAt();
  }
}
