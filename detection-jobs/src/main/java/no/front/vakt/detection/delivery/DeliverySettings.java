package no.front.vakt.detection.delivery;

import java.util.Map;
import java.util.TreeSet;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Problems;
import no.front.vakt.detection.job.JobSettings;
import org.jspecify.annotations.Nullable;

/**
 * How DeliveryJob is deployed.
 *
 * @param job what every job needs
 * @param routes which operator serves which numbers
 * @param releasesPerSecond how many released messages of one customer leave in a second
 */
public record DeliverySettings(JobSettings job, Routes routes, int releasesPerSecond) {
  /** Everything to one operator, until routes are set. */
  public static final String DEFAULT_ROUTES = "*=operator";

  /** A thousand released messages leave in under two minutes and look like no flood. */
  public static final int DEFAULT_RELEASES_PER_SECOND = 10;

  /** A clock of milliseconds cannot space more. */
  public static final int MOST_RELEASES_PER_SECOND = 1_000;

  /** Refuses what cannot be paced. */
  public DeliverySettings {
    Problems problems = new Problems();
    checkReleases(problems, releasesPerSecond);
    problems.throwIfAny();
  }

  /**
   * Reads the settings' texts; an absent one has its default.
   *
   * @throws InvalidRecordException with all problems of all of them
   */
  public static DeliverySettings parse(
      JobSettings job, @Nullable String routes, @Nullable String releasesPerSecond) {
    Problems problems = new Problems();
    Routes read = null;
    try {
      read = Routes.parse(routes == null ? DEFAULT_ROUTES : routes);
    } catch (InvalidRecordException e) {
      e.problems().forEach(problem -> problems.add(problem.field(), problem.reason()));
    }
    int releases = DEFAULT_RELEASES_PER_SECOND;
    if (releasesPerSecond != null) {
      try {
        releases = Integer.parseInt(releasesPerSecond.strip());
      } catch (NumberFormatException e) {
        releases = 0;
      }
      checkReleases(problems, releases);
    }
    if (read == null || !problems.isEmpty()) {
      throw new InvalidRecordException(problems.list());
    }
    return new DeliverySettings(job, read, releases);
  }

  /**
   * Reads the job's own settings by names without their prefix {@code delivery.}; what is absent
   * stands at its default.
   *
   * @throws InvalidRecordException with all problems of all of them, unknown names included
   */
  public static DeliverySettings read(JobSettings job, Map<String, String> values) {
    Problems problems = new Problems();
    new TreeSet<>(values.keySet())
        .stream()
            .filter(name -> !name.equals("routes") && !name.equals("releasesPerSecond"))
            .forEach(name -> problems.add(name, "is no setting of delivery"));
    try {
      DeliverySettings read = parse(job, values.get("routes"), values.get("releasesPerSecond"));
      problems.throwIfAny();
      return read;
    } catch (InvalidRecordException e) {
      if (!problems.isEmpty() && !e.problems().equals(problems.list())) {
        e.problems().forEach(problem -> problems.add(problem.field(), problem.reason()));
        throw new InvalidRecordException(problems.list());
      }
      throw e;
    }
  }

  private static void checkReleases(Problems problems, int releases) {
    problems.require(
        releases >= 1 && releases <= MOST_RELEASES_PER_SECOND,
        "releasesPerSecond",
        "must be a whole number from 1 to " + MOST_RELEASES_PER_SECOND);
  }
}
