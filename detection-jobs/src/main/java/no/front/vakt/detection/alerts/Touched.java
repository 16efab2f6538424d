package no.front.vakt.detection.alerts;

/** How one address has tried one customer. A Flink POJO. */
public final class Touched {
  /** First refused call, epoch milliseconds. */
  public long firstMillis;

  /** Newest refused call, epoch milliseconds. */
  public long newestMillis;

  /** How many refused calls. */
  public long refused;

  /** For Flink. */
  public Touched() {}
}
