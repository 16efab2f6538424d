package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;

/** The times of what passed under one key, oldest first: the naive, exact sliding window. */
final class PassedLine {
  private final List<Long> times = new ArrayList<>();

  /** Most messages in any window of that length that holds {@code at}, were that one counted. */
  int peak(long at, long windowMillis) {
    int most = 0;
    for (int first = place(at - windowMillis + 1); first < times.size(); first++) {
      long start = times.get(first);
      if (start > at) {
        break;
      }
      most = Math.max(most, within(first, start + windowMillis));
    }
    int sinceItself = place(at + windowMillis) - place(at);
    return Math.max(most, sinceItself) + 1;
  }

  private int within(int first, long end) {
    return place(end) - first;
  }

  /** Counts one that passed. */
  void add(long at) {
    times.add(place(at + 1), at);
  }

  /** How many stand before that time. */
  private int place(long time) {
    int low = 0;
    int high = times.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times.get(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
