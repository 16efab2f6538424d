package no.front.vakt.detection.alerts;

/** A first alert of a moment ago. A Flink POJO. */
public final class RecentFirst {
  /** When it came, wall clock, epoch milliseconds. */
  public long atMillis;

  /** Whom it is about. */
  public String customerId = "";

  /** Id of its episode. */
  public String episode = "";

  /** When what it tells of began, epoch milliseconds. */
  public long sinceMillis;

  /** How many of its messages were held. */
  public long held;

  /** How many of its messages were blocked. */
  public long blocked;

  /** For Flink. */
  public RecentFirst() {}
}
