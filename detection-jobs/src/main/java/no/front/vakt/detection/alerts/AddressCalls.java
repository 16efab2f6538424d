package no.front.vakt.detection.alerts;

/** What one address has in a customer's next digest, so that it can be taken back. A Flink POJO. */
public final class AddressCalls {
  /** When the oldest of its calls came, epoch milliseconds. */
  public long sinceMillis = Long.MAX_VALUE;

  /** When the newest came, epoch milliseconds. */
  public long untilMillis = Long.MIN_VALUE;

  /** How many were refused for their address. */
  public long byNetwork;

  /** How many were refused for their password. */
  public long byPassword;

  /** How many were refused because nothing is set up. */
  public long byNoneSet;

  /** For Flink. */
  public AddressCalls() {}

  /** Counts a call. */
  void add(Attempt attempt) {
    sinceMillis = Math.min(sinceMillis, attempt.atMillis);
    untilMillis = Math.max(untilMillis, attempt.atMillis);
    switch (attempt.refusedBecause) {
      case NETWORK -> byNetwork++;
      case PASSWORD -> byPassword++;
      default -> byNoneSet++;
    }
  }
}
