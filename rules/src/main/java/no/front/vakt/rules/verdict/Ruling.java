package no.front.vakt.rules.verdict;

import no.front.vakt.contract.Verdict;

/**
 * What the judge says of one message handed in.
 *
 * @param kind whether it was judged now, could not be read, came again, or used an id that was
 *     taken
 * @param verdict the verdict; without sentences
 */
public record Ruling(Kind kind, Verdict verdict) {
  /** How a ruling came about. */
  public enum Kind {
    /** Judged now, for the first time. */
    JUDGED,
    /** Could not be read and is held. */
    UNREADABLE,
    /** The same message again: the first outcome, nothing counted. */
    REPEAT,
    /** The id was taken by other content: not judged, never delivered. */
    ID_REUSED
  }
}
