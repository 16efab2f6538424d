package no.front.vakt.detection.alerts;

/** Ids under which operators find their state again; a released one never changes. */
public final class Uids {
  /** Source of verdicts. */
  public static final String VERDICTS = "alerts-verdicts";

  /** Source of access attempts. */
  public static final String ATTEMPTS = "alerts-attempts";

  /** Source of staff's decisions. */
  public static final String DECISIONS = "alerts-decisions";

  /** What goes on with each customer and rule. */
  public static final String EPISODES = "alerts-episodes";

  /** What goes on with many customers at once. */
  public static final String BURST = "alerts-burst";

  /** The reader of attempts. */
  public static final String READ_ATTEMPTS = "alerts-read-attempts";

  /** Addresses that try many customers. */
  public static final String SWEEP = "alerts-sweep";

  /** The refused calls of a customer. */
  public static final String ACCESS = "alerts-access";

  /** The sink of everything written. */
  public static final String OUTGOING = "alerts-outgoing";

  private Uids() {}
}
