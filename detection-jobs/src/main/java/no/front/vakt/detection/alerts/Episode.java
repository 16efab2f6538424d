package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.List;

/**
 * What one rule has said of one customer's messages since it was silent last. Sums run from its
 * start, so that nothing is lost with a mail. A Flink POJO.
 */
public final class Episode {
  /** Time of the verdict that opened it, epoch milliseconds; part of every alert's id. */
  public long startMillis;

  /** Time of the oldest verdict in it, epoch milliseconds. */
  public long sinceMillis;

  /** Time of the newest verdict in it, epoch milliseconds. */
  public long untilMillis;

  /** How many messages the rule spoke of. */
  public long messages;

  /** How many of them were held. */
  public long held;

  /** How many of them were blocked. */
  public long blocked;

  /** How many of them were told of. */
  public long toldMessages;

  /** How many digests were made. */
  public int digests;

  /** Wall clock of the next look at it, epoch milliseconds. */
  public long nextMillis;

  /** Whether the newest message came while the customer was stopped by hand. */
  public boolean frozen;

  /** The strongest of its findings, as JSON. */
  public List<String> findings = new ArrayList<>();

  /** Samples of what was not told yet, as JSON. */
  public List<String> samples = new ArrayList<>();

  /** For Flink. */
  public Episode() {}
}
