package no.front.vakt.verdictapi.verdicts;

import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.verdictapi.http.Problem;

/** What a caller is told of one message. */
public sealed interface Reply {
  /**
   * It was judged.
   *
   * @param verdict the verdict as JSON
   */
  record Judged(byte[] verdict) implements Reply {}

  /** It is in the log and will be judged. */
  record Pending(MessageIdentity identity) implements Reply {}

  /** It was not taken. */
  record Refused(Problem problem) implements Reply {}
}
