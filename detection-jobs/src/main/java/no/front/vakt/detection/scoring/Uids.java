package no.front.vakt.detection.scoring;

/** Ids under which operators find their state again; a released one never changes. */
public final class Uids {
  /** Source of submissions. */
  public static final String SUBMISSIONS = "submissions";

  /** Source of policies. */
  public static final String POLICIES = "policies";

  /** The judge. */
  public static final String JUDGE = "judge";

  /** The sink of everything written. */
  public static final String OUTGOING = "outgoing";

  private Uids() {}
}
