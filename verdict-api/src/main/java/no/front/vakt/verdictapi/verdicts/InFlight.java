package no.front.vakt.verdictapi.verdicts;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message between its submission and its answer.
 *
 * @param digest keyed digest of its content
 * @param sinceNanos when it came, as {@link System#nanoTime()}
 * @param settled completes with the judge's answer; never when that is lost
 * @param sent whether it goes to the log; until then no answer is its own, and nobody counts it
 * @param acknowledged completes with the log's acknowledgement, or exceptionally without
 */
record InFlight(
    String digest,
    long sinceNanos,
    AtomicBoolean sent,
    CompletableFuture<Settled> settled,
    CompletableFuture<Void> acknowledged) {

  /** Whether the log has it and nobody has judged it yet. */
  boolean isPending() {
    return acknowledged.isDone() && !acknowledged.isCompletedExceptionally() && !settled.isDone();
  }

  static InFlight of(String digest) {
    return new InFlight(
        digest,
        System.nanoTime(),
        new AtomicBoolean(),
        new CompletableFuture<>(),
        new CompletableFuture<>());
  }
}
