package no.front.vakt.standalone.demo;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Verdict;
import no.front.vakt.rules.verdict.Explanation;
import no.front.vakt.testdata.scenario.Incident;

/**
 * The day told while it happens: one line when something begins, one when it is first stopped. Any
 * thread.
 */
final class Story {
  static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private static final int TEXT_COLUMNS = 75;
  private static final String LINE = "%5s  %-15s %s";

  private final List<Incident> incidents;
  private final Supplier<LocalTime> clock;
  private final Consumer<String> terminal;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> stopped = new HashSet<>();
  private long unexplained;

  Story(List<Incident> incidents, Supplier<LocalTime> clock, Consumer<String> terminal) {
    this.incidents = incidents;
    this.clock = clock;
    this.terminal = terminal;
  }

  /** A message of an incident is about to be sent. */
  synchronized void sending(String label) {
    if (begun.add(label)) {
      incidents.stream()
          .filter(incident -> incident.label().equals(label))
          .forEach(incident -> tell(incident.from(), incident.customerId(), incident.story()));
    }
  }

  /** A message has its first verdict. */
  synchronized void judged(Verdict verdict) {
    if (verdict.outcome() == Outcome.ALLOW) {
      return;
    }
    var cause =
        incidents.stream()
            .filter(incident -> begun.contains(incident.label()))
            .filter(incident -> incident.customerId().equals(verdict.customerId()))
            .filter(
                incident ->
                    verdict.findings().stream()
                        .anyMatch(finding -> finding.ruleId().equals(incident.stoppedBy())))
            .findFirst();
    if (cause.isEmpty()) {
      unexplained++;
    } else if (stopped.add(cause.get().label())) {
      var reason =
          Tally.deciding(verdict).map(finding -> Explanation.of(finding).en()).orElse("no reason");
      tell(
          clock.get(),
          verdict.customerId(),
          (verdict.outcome() == Outcome.HOLD ? "-> held: " : "-> stopped: ") + reason);
    }
  }

  /** A call was refused at the door. */
  synchronized void refused(AccessAttempt attempt) {
    incidents.stream()
        .filter(Incident::isRefusedAtTheDoor)
        .filter(incident -> begun.contains(incident.label()))
        .filter(incident -> incident.customerId().equals(attempt.customerId()))
        .filter(incident -> stopped.add(incident.label()))
        .forEach(
            incident -> tell(clock.get(), incident.customerId(), "-> refused: " + reason(attempt)));
  }

  private static String reason(AccessAttempt attempt) {
    var because = attempt.refusedBecause();
    if (because == null) {
      return "";
    }
    return switch (because) {
      case NETWORK ->
          attempt.passwordWasRight()
              ? "The password is right, but the address is not one of the customer's."
              : "The address is not one of the customer's.";
      case PASSWORD -> "The password is wrong.";
      case NONE_SET -> "The customer has set neither addresses nor a password.";
      case UNKNOWN_CUSTOMER -> "There is no such customer.";
    };
  }

  private void tell(LocalTime at, String customer, String text) {
    var time = CLOCK.format(at);
    var name = customer;
    for (var part : wrapped(text)) {
      terminal.accept(LINE.formatted(time, name, part));
      time = "";
      name = "";
    }
  }

  private static List<String> wrapped(String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > TEXT_COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Incidents that began, should have been stopped, and were not. */
  synchronized List<Incident> missed() {
    return incidents.stream()
        .filter(incident -> begun.contains(incident.label()) && !incident.isInnocent())
        .filter(incident -> !stopped.contains(incident.label()))
        .toList();
  }

  /** How many incidents were stopped. */
  synchronized int stopped() {
    return stopped.size();
  }

  /** Messages held or stopped that no incident explains. */
  synchronized long unexplained() {
    return unexplained;
  }
}
