package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a trial came to.
 *
 * @param moments when the process was killed
 * @param secondsToVerdict from each kill that was not followed by another at once
 * @param results what each check found
 */
record CrashReport(
    long submitted,
    long acknowledged,
    long repeated,
    List<KillPlan.Moment> moments,
    List<Double> secondsToVerdict,
    int policyChanges,
    List<Check.Result> results) {
  /** Most violations of one check that are printed. */
  static final int SHOWN = 10;

  /** Longest that a first verdict may take, from the issue that asked for this proof. */
  static final double LONGEST_SECONDS = 15;

  private static final List<Check> CHECKS =
      List.of(
          new AcknowledgedIsJudged(),
          new EqualVerdicts(),
          new ToldIsEffective(),
          new PolicyInForce(),
          new LimitsHold(),
          new DeliveredOnce(),
          new OutcomesFit(),
          new AlertsNotLost());

  CrashReport {
    moments = List.copyOf(moments);
    secondsToVerdict = List.copyOf(secondsToVerdict);
    results = List.copyOf(results);
  }

  static CrashReport of(
      Check.Evidence evidence,
      List<KillPlan.Moment> moments,
      List<Double> secondsToVerdict,
      int policyChanges,
      long repeated) {
    return new CrashReport(
        evidence.told().size(),
        evidence.told().values().stream().filter(Told::acknowledged).count(),
        repeated,
        moments,
        secondsToVerdict,
        policyChanges,
        CHECKS.stream().map(check -> check.examine(evidence)).toList());
  }

  /** Violations of all checks. */
  List<String> violations() {
    return results.stream().flatMap(result -> result.violations().stream()).toList();
  }

  /** Checks that could not be made because nobody writes their topic. */
  List<String> notRunning() {
    return results.stream()
        .filter(result -> result.status() == Check.Status.NOT_RUNNING)
        .map(Check.Result::claim)
        .toList();
  }

  /** What keeps the trial from having passed. */
  List<String> against() {
    List<String> against = new ArrayList<>();
    if (!violations().isEmpty()) {
      against.add(line("%,d violations", violations().size()));
    }
    if (worst() > LONGEST_SECONDS) {
      against.add(line("a first verdict took %.1f s, more than %.0f", worst(), LONGEST_SECONDS));
    }
    notRunning().forEach(claim -> against.add("not running: " + claim));
    return against;
  }

  /** The table for the person at the terminal. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(line("%,d messages handed in, %,d acknowledged", submitted, acknowledged));
    lines.add(line("%,d of them asked for again; %,d policy changes", repeated, policyChanges));
    lines.add(line("%d kills: %s", moments.size(), counted()));
    if (!secondsToVerdict.isEmpty()) {
      List<Double> sorted = secondsToVerdict.stream().sorted().toList();
      lines.add(
          line(
              "From kill to first verdict: median %.1f s, worst %.1f s (%s)%s",
              sorted.get(sorted.size() / 2),
              worst(),
              secondsToVerdict.stream()
                  .map(seconds -> line("%.1f", seconds))
                  .collect(Collectors.joining(", ")),
              worst() > LONGEST_SECONDS ? line(": more than %.0f s", LONGEST_SECONDS) : ""));
    }
    lines.add("");
    for (Check.Result result : results) {
      lines.add(
          line(
              "%-11s %-59s %,9d examined, %,d violations%s",
              result.status().name().replace('_', ' '),
              result.claim(),
              result.examined(),
              result.violations().size(),
              result.note().isEmpty() ? "" : "; " + result.note()));
      result.violations().stream().limit(SHOWN).forEach(one -> lines.add("              " + one));
      if (result.violations().size() > SHOWN) {
        lines.add(line("              and %,d more", result.violations().size() - SHOWN));
      }
    }
    return lines;
  }

  private String counted() {
    return moments.stream()
        .collect(Collectors.groupingBy(m -> m, java.util.TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " " + CrashTrial.words(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** Longest from a kill to the first verdict, in seconds. */
  double worst() {
    return secondsToVerdict.stream().mapToDouble(s -> s).max().orElse(0);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
