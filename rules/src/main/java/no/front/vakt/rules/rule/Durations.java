package no.front.vakt.rules.rule;

/** Lengths of time in words, in the largest unit that divides them. */
final class Durations {
  private Durations() {}

  static String norwegian(long seconds) {
    return words(
        seconds, "sekund", "sekunder", "minutt", "minutter", "time", "timer", "døgn", "døgn");
  }

  static String english(long seconds) {
    return words(seconds, "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days");
  }

  private static String words(long seconds, String... names) {
    long[] sizes = {1, 60, 3_600, 86_400};
    int unit = 3;
    while (unit > 0 && (seconds < sizes[unit] || seconds % sizes[unit] != 0)) {
      unit--;
    }
    long count = seconds / sizes[unit];
    return count + " " + names[unit * 2 + (count == 1 ? 0 : 1)];
  }
}
