package no.front.vakt.contract;

/** What a caller is told that asks again: one sentence, whether the door or the judge says it. */
public final class RepeatWording {
  /** The sentence. */
  public static final Wording TEXT =
      new Wording(
          "Meldingen er allerede vurdert; dette er det første svaret igjen.",
          "This message is already judged; this is the first answer again.");

  private RepeatWording() {}
}
