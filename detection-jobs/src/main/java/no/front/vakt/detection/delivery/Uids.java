package no.front.vakt.detection.delivery;

/** Ids under which operators find their state again; a released one never changes. */
public final class Uids {
  /** Source of verdicts. */
  public static final String VERDICTS = "delivery-verdicts";

  /** Source of decisions on parked messages. */
  public static final String DECISIONS = "delivery-decisions";

  /** Source of policies. */
  public static final String POLICIES = "delivery-policies";

  /** What sends, parks and ends. */
  public static final String DELIVERY = "delivery";

  /** The sink of everything written. */
  public static final String OUTGOING = "delivery-outgoing";

  private Uids() {}
}
