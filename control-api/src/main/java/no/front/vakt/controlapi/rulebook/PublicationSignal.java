package no.front.vakt.controlapi.rulebook;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What the publisher tells the rule book: that something was published, and that database and topic
 * agree. Publishers elsewhere are not heard, so waiters also look. Thread-safe.
 */
public final class PublicationSignal {
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private long publications;
  private volatile boolean agrees;

  /** Since this process started the database was seen to know all that stands on the topic. */
  public void agreed() {
    agrees = true;
    published();
  }

  /** Whether that was so. */
  public boolean isAgreed() {
    return agrees;
  }

  /** Something was published, or given up. */
  public synchronized void published() {
    publications++;
    notifyAll();
  }

  private synchronized long seen() {
    return publications;
  }

  private synchronized void awaitMoreThan(long seen, long millis) throws InterruptedException {
    if (publications == seen) {
      wait(millis);
    }
  }

  /** Waits until something is so, or the time is up; asks again after every publication. */
  boolean await(BooleanSupplier isSo, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long seen = seen();
      if (isSo.getAsBoolean()) {
        return true;
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      awaitMoreThan(seen, Math.min(left, BETWEEN_LOOKS_MILLIS));
    }
  }
}
