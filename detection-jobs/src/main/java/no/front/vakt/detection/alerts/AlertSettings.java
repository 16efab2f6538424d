package no.front.vakt.detection.alerts;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import no.front.vakt.contract.Problems;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KeySource;

/**
 * How alerts are deployed.
 *
 * @param job what every job needs
 * @param interval between digests of one customer and rule
 * @param burstLimit most first alerts to customers within the window; the next one waits for staff
 * @param burstWindow the window
 * @param digestHour hour of the day at which refused calls are summed up
 * @param zone where that hour is meant
 */
public record AlertSettings(
    JobSettings job,
    Duration interval,
    int burstLimit,
    Duration burstWindow,
    int digestHour,
    ZoneId zone) {

  static final String INTERVAL_MINUTES = "intervalMinutes";
  static final String BURST_LIMIT = "burstLimit";
  static final String BURST_WINDOW_MINUTES = "burstWindowMinutes";
  static final String DIGEST_HOUR = "digestHour";
  static final String ZONE = "zone";

  private static final Set<String> KNOWN =
      Set.of(INTERVAL_MINUTES, BURST_LIMIT, BURST_WINDOW_MINUTES, DIGEST_HOUR, ZONE);

  /** Most alerts that wait for staff: about 30 MB of state (issue 3, item 4). */
  private static final int WAITING_LIMIT = 10_000;

  /** A day: the longest interval, since a forgotten episode would be told of no more. */
  private static final int LONGEST_INTERVAL_MINUTES = 24 * 60;

  private static final int LARGEST_BURST_LIMIT = 10_000;
  private static final int LAST_HOUR = 23;

  /**
   * Reads the job's own settings by names without their prefix {@code alerts.}; what is absent
   * stands at its default.
   *
   * @throws no.front.vakt.contract.InvalidRecordException with all problems
   */
  public static AlertSettings read(JobSettings job, Map<String, String> values) {
    Problems problems = new Problems();
    for (String key : new TreeSet<>(values.keySet())) {
      problems.require(KNOWN.contains(key), key, "is no setting of alerts");
    }
    int interval = whole(values, INTERVAL_MINUTES, 15, 1, LONGEST_INTERVAL_MINUTES, problems);
    int limit = whole(values, BURST_LIMIT, 50, 1, LARGEST_BURST_LIMIT, problems);
    int window = whole(values, BURST_WINDOW_MINUTES, 5, 1, LONGEST_INTERVAL_MINUTES, problems);
    int hour = whole(values, DIGEST_HOUR, 7, 0, LAST_HOUR, problems);
    ZoneId zone = zone(values.getOrDefault(ZONE, "Europe/Oslo"), problems);
    problems.throwIfAny();
    return new AlertSettings(
        job, Duration.ofMinutes(interval), limit, Duration.ofMinutes(window), hour, zone);
  }

  private static int whole(
      Map<String, String> values,
      String key,
      int standard,
      int least,
      int most,
      Problems problems) {
    String text = values.get(key);
    if (text == null) {
      return standard;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    problems.add(key, "must be a whole number from " + least + " to " + most);
    return standard;
  }

  private static ZoneId zone(String text, Problems problems) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      problems.add(ZONE, "must be a time zone such as Europe/Oslo");
      return ZoneId.of("UTC");
    }
  }

  /** What the operators go by. */
  AlertOptions options() {
    return new AlertOptions(
        KeySource.directory(job.keys()),
        interval,
        burstLimit,
        burstWindow,
        WAITING_LIMIT,
        digestHour,
        zone);
  }
}
