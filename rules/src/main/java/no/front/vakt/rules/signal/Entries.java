package no.front.vakt.rules.signal;

import java.util.Arrays;

/** Unpacked entries of a {@link TimeLine}, newest first: when, how many messages, segments. */
final class Entries {
  private long[] times;
  private long[] messages;
  private long[] segments;
  private int size;

  Entries(int expected) {
    times = new long[Math.max(4, expected)];
    messages = new long[times.length];
    segments = new long[times.length];
  }

  static Entries read(Varints.In in, long newest, int count) {
    Entries entries = new Entries(count + 1);
    long time = newest;
    for (int i = 0; i < count; i++) {
      long head = in.number();
      time -= head >>> 1;
      boolean weighted = (head & 1) == 1;
      entries.append(time, weighted ? in.number() : 1, weighted ? in.number() : 1);
    }
    return entries;
  }

  byte[] bytes() {
    Varints.Out out = new Varints.Out(8 + 3 * size);
    TimeLine.writeNewest(out, times[0]);
    out.number(size);
    long time = times[0];
    for (int i = 0; i < size; i++) {
      writeEntry(out, time - times[i], messages[i], segments[i]);
      time = times[i];
    }
    return out.bytes();
  }

  static void writeEntry(Varints.Out out, long before, long messages, long segments) {
    boolean weighted = messages != 1 || segments != 1;
    out.number(before << 1 | (weighted ? 1 : 0));
    if (weighted) {
      out.number(messages).number(segments);
    }
  }

  int size() {
    return size;
  }

  long time(int i) {
    return times[i];
  }

  long messages(int i) {
    return messages[i];
  }

  long segments(int i) {
    return segments[i];
  }

  /** Adds an entry older than all. */
  void append(long time, long messageCount, long segmentCount) {
    ensure();
    times[size] = time;
    messages[size] = messageCount;
    segments[size] = segmentCount;
    size++;
  }

  void appendAll(Entries older) {
    for (int i = 0; i < older.size; i++) {
      append(older.times[i], older.messages[i], older.segments[i]);
    }
  }

  /** Adds an entry older than all, or to the oldest when it stands at the same time. */
  void appendMerging(long time, long messageCount, long segmentCount) {
    if (size > 0 && times[size - 1] <= time) {
      messages[size - 1] += messageCount;
      segments[size - 1] += segmentCount;
    } else {
      append(time, messageCount, segmentCount);
    }
  }

  /** Adds one message wherever it belongs. */
  void insert(long time, long segmentCount) {
    ensure();
    int place = 0;
    while (place < size && times[place] > time) {
      place++;
    }
    System.arraycopy(times, place, times, place + 1, size - place);
    System.arraycopy(messages, place, messages, place + 1, size - place);
    System.arraycopy(segments, place, segments, place + 1, size - place);
    times[place] = time;
    messages[place] = 1;
    segments[place] = segmentCount;
    size++;
  }

  void dropUntil(long horizon) {
    while (size > 0 && times[size - 1] <= horizon) {
      size--;
    }
  }

  /** Keeps the newest {@code kept} and returns the rest. */
  Entries splitOff(int kept) {
    Entries older = new Entries(size - kept);
    for (int i = kept; i < size; i++) {
      older.append(times[i], messages[i], segments[i]);
    }
    size = kept;
    return older;
  }

  /**
   * Most in any window of that length containing {@code at}, with {@code weight} added there. The
   * fullest window begins at an entry, or at the message itself.
   */
  long peak(long at, long window, Unit unit, long weight) {
    long[] weights = unit == Unit.MESSAGE ? messages : segments;
    long best = 0;
    long sum = 0;
    int newestIn = size;
    // Window beginnings from the message itself backwards; newestIn is the newest entry inside.
    int from = 0;
    while (from < size && times[from] >= at) {
      from++;
    }
    for (int i = 0; i < from; i++) {
      if (times[i] < at + window) {
        newestIn = Math.min(newestIn, i);
        sum += weights[i];
      }
    }
    newestIn = Math.min(newestIn, from);
    best = sum;
    for (int begin = from; begin < size && times[begin] > at - window; begin++) {
      sum += weights[begin];
      while (newestIn < begin && times[newestIn] - times[begin] >= window) {
        sum -= weights[newestIn++];
      }
      best = Math.max(best, sum);
    }
    return best + weight;
  }

  private void ensure() {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      messages = Arrays.copyOf(messages, size * 2);
      segments = Arrays.copyOf(segments, size * 2);
    }
  }
}
