package no.front.vakt.detection.alerts;

import no.front.vakt.contract.AlertType;

/**
 * What one episode has for its customer while staff decide: its first alert and the newest word
 * since, whose sums include all between. Once discarded it stays, empty, so that later news of the
 * episode is discarded too. A Flink POJO.
 */
public final class WaitingMail {
  /** Id of the burst it waits for. */
  public String burst = "";

  /** Its place in the line. */
  public long number;

  /** Whose mail. */
  public String customerId = "";

  /** The first alert, as JSON. */
  public byte[] first = new byte[0];

  /** The newest digest or all-clear, as JSON; empty when there is none. */
  public byte[] newest = new byte[0];

  /** Kind of the newest news. */
  public AlertType newestType = AlertType.FIRST;

  /** Whether it was discarded. */
  public boolean discarded;

  /** When, once discarded, it is forgotten, wall clock, epoch milliseconds. */
  public long forgetMillis;

  /** For Flink. */
  public WaitingMail() {}
}
