package no.front.vakt.detection.alerts;

import no.front.vakt.contract.RefusedBecause;
import org.jspecify.annotations.Nullable;

/** A call to the customer API between operators, still sealed. A Flink POJO. */
public final class Attempt {
  /** The customer it claimed to be. */
  public String customerId = "";

  /** The door's id of it. */
  public String attemptId = "";

  /** When it came, epoch milliseconds; never after the log took it. */
  public long atMillis;

  /** Keyed hash of its address; empty when unknown. */
  public String originHash = "";

  /** Why it was refused; null: it was accepted. */
  public @Nullable RefusedBecause refusedBecause;

  /** Whether the password was right. */
  public boolean passwordWasRight;

  /** Whether its address tries many customers. */
  public boolean swept;

  /**
   * Whether this is no call but the news that the address sweeps: what this customer's digest would
   * tell of it is taken back.
   */
  public boolean takesBack;

  /** The record as it came, its address sealed, as JSON. */
  public String json = "";

  /** For Flink. */
  public Attempt() {}

  /** What is counted together: the address, or the customer when there is none. */
  String source() {
    return originHash.isEmpty() ? "unknown\0" + customerId : originHash;
  }
}
