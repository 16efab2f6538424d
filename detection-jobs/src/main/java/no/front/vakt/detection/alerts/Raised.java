package no.front.vakt.detection.alerts;

import no.front.vakt.contract.AlertType;

/**
 * News of one customer and rule on its way to people, written for both audiences. Travels as one so
 * that what waits for staff waits as one. A Flink POJO.
 */
public final class Raised {
  /** What kind of news. */
  public AlertType type = AlertType.FIRST;

  /** Whom it is about. */
  public String customerId = "";

  /** Id of the episode it belongs to. */
  public String episode = "";

  /** The alert for the customer, as JSON. */
  public byte[] forCustomer = new byte[0];

  /** The alert for staff, as JSON. */
  public byte[] forStaff = new byte[0];

  /** When what it tells of began, epoch milliseconds. */
  public long sinceMillis;

  /** When the newest it tells of happened, epoch milliseconds. */
  public long untilMillis;

  /** How many of its messages were held. */
  public long held;

  /** How many of its messages were blocked. */
  public long blocked;

  /** For Flink. */
  public Raised() {}
}
