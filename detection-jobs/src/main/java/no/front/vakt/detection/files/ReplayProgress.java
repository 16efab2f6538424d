package no.front.vakt.detection.files;

import java.util.concurrent.atomic.AtomicLong;

/** How far a replay has come; read by whoever draws the progress bar. */
public final class ReplayProgress {
  /** What a replay does, in order. */
  public enum Phase {
    /** Checks every line and notes when each message was submitted. */
    CHECKING,
    /** Judges. */
    JUDGING,
    /** Puts the verdicts in the order of the input. */
    WRITING
  }

  private final AtomicLong done = new AtomicLong();
  private volatile Phase phase = Phase.CHECKING;
  private volatile long total;

  void begin(Phase next, long outOf) {
    phase = next;
    total = outOf;
    done.set(0);
  }

  void advance(long to) {
    done.lazySet(to);
  }

  /** What it does now. */
  public Phase phase() {
    return phase;
  }

  /** How many steps of the phase are done: bytes when checking, messages after. */
  public long done() {
    return done.get();
  }

  /** How many steps the phase has. */
  public long total() {
    return total;
  }
}
