package no.front.vakt.detection.delivery;

/** One customer's numbers in delivery. A Flink POJO. */
public final class Tally {
  /** How many messages are parked. */
  public int parked;

  /** Number of the released message whose turn is next. */
  public long firstReleased;

  /** Number the next released message gets. */
  public long nextReleased;

  /** Before this no released message leaves, epoch milliseconds. */
  public long nextTurnAt;

  /** For Flink. */
  public Tally() {}

  boolean hasReleased() {
    return firstReleased < nextReleased;
  }
}
