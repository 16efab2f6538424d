package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** When the process is killed: moments spread at random over the traffic, of every sort. */
final class KillPlan {
  private static final double EARLIEST = 0.05;
  private static final double LATEST = 0.95;
  private static final long LONGEST_START_MILLIS = 6_000;
  private static final long LONGEST_BREATH_MILLIS = 1_500;

  private KillPlan() {}

  /** What goes on when the process is killed. */
  enum Moment {
    /** Traffic, at any instant. */
    TRAFFIC,
    /** A checkpoint that has begun and is not complete. */
    CHECKPOINT,
    /** The start after the kill before. */
    START_UP,
    /** Shortly after the first verdict that followed the kill before. */
    AT_ONCE_AGAIN
  }

  /**
   * One kill.
   *
   * @param afterSubmissions how many messages were handed in before it; of one that follows another
   *     at once, as many as of that
   * @param delayMillis how long after the kill before, or after its first verdict
   */
  record Kill(Moment moment, int afterSubmissions, long delayMillis) {}

  private static final List<Moment> SORTS =
      List.of(
          Moment.TRAFFIC, Moment.CHECKPOINT, Moment.START_UP, Moment.TRAFFIC, Moment.AT_ONCE_AGAIN);

  static List<Kill> of(CrashSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed() * 31 + 7);
    List<Integer> places =
        random
            .doubles(settings.kills(), EARLIEST, LATEST)
            .sorted()
            .mapToObj(share -> (int) (share * settings.submissions()))
            .toList();
    List<Kill> kills = new ArrayList<>();
    for (int i = 0; i < settings.kills(); i++) {
      Moment moment = SORTS.get(i % SORTS.size());
      long delay =
          switch (moment) {
            case START_UP -> 200 + random.nextLong(LONGEST_START_MILLIS);
            case AT_ONCE_AGAIN -> random.nextLong(LONGEST_BREATH_MILLIS);
            case TRAFFIC, CHECKPOINT -> 0;
          };
      boolean follows = moment == Moment.START_UP || moment == Moment.AT_ONCE_AGAIN;
      int after = follows ? kills.get(i - 1).afterSubmissions : places.get(i);
      kills.add(new Kill(moment, after, delay));
    }
    return kills;
  }
}
