package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one address has tried. A Flink POJO. */
public final class SweepBook {
  /** The customers it was refused at, by id; ids that name no customer are not among them. */
  public Map<String, Touched> touched = new HashMap<>();

  /** Its calls with ids that name no customer; null when there were none. */
  public @Nullable Touched guessed;

  /** Its newest refused calls at customers, newest first, as JSON. */
  public List<String> newest = new ArrayList<>();

  /** Until when it is known to sweep, event time, epoch milliseconds. */
  public long sweptUntilMillis = Long.MIN_VALUE;

  /** When nobody needs this any more, wall clock, epoch milliseconds. */
  public long clearAtMillis;

  /** For Flink. */
  public SweepBook() {}
}
