package no.front.vakt.detection.alerts;

/** What a {@link BoundedMemory} knows of itself. A Flink POJO. */
public final class MemoryBook {
  /** How many keys it holds. */
  public int count;

  /** Event time of the newest, epoch milliseconds. */
  public long newestMillis = Long.MIN_VALUE;

  /** Event time at which it next forgets, epoch milliseconds. */
  public long forgetAtMillis = Long.MIN_VALUE;

  /** Wall clock at which nobody can need it any more, epoch milliseconds. */
  public long clearAtMillis;

  /** For Flink. */
  public MemoryBook() {}
}
