package no.front.vakt.detection.alerts;

/** An address whose refused call was told at once. A Flink POJO. */
public final class ToldCall {
  /** Keyed hash of the address; empty when unknown. */
  public String originHash = "";

  /** When it called, epoch milliseconds. */
  public long atMillis;

  /** When this is forgotten, wall clock, epoch milliseconds. */
  public long forgetMillis;

  /** For Flink. */
  public ToldCall() {}
}
