package no.front.vakt.verdictapi.verdicts;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import no.front.vakt.contract.Answer;

/**
 * A message between its submission and its answer.
 *
 * @param digest keyed digest of its content
 * @param nonce number of the record it goes to the log as; only an answer to that very record is
 *     its own
 * @param sinceNanos when it came, as {@link System#nanoTime()}
 * @param settled completes with the judge's answer; never when that is lost
 * @param sent whether it goes to the log; until then no answer is its own, and nobody counts it
 * @param acknowledged completes with the log's acknowledgement, or exceptionally without
 */
record InFlight(
    String digest,
    long nonce,
    long sinceNanos,
    AtomicBoolean sent,
    CompletableFuture<Settled> settled,
    CompletableFuture<Void> acknowledged) {

  /** Whether the log has it and nobody has judged it yet. */
  boolean isPending() {
    return acknowledged.isDone() && !acknowledged.isCompletedExceptionally() && !settled.isDone();
  }

  /** Whether an answer is to the record this message went to the log as. */
  boolean isAnsweredBy(Answer answer) {
    Long answered = answer.nonce();
    return sent.get() && answered != null && answered == nonce;
  }

  static InFlight of(String digest, long nonce) {
    return new InFlight(
        digest,
        nonce,
        System.nanoTime(),
        new AtomicBoolean(),
        new CompletableFuture<>(),
        new CompletableFuture<>());
  }
}
