package no.front.vakt.verdictapi.verdicts;

import java.util.concurrent.CompletableFuture;
import no.front.vakt.contract.Submission;

/** Where submissions go to be judged. */
public interface SubmissionLog {
  /**
   * Seals a submission and appends it under a number the answer brings back. Completes when the log
   * has acknowledged it; exceptionally, within a bounded time, when it is not known to have it.
   */
  CompletableFuture<Void> append(Submission submission, long nonce);
}
