package no.front.vakt.verdictapi.load;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import no.front.vakt.verdictapi.http.ErrorCode;

/**
 * Decides, at the cost of reading two numbers, whether the door takes on more at all. It does as
 * long as few messages are unanswered, or no more than the judge has lately answered in the target
 * time (Little's law: what is waiting, divided by the rate of answers, is the wait). Refusing early
 * keeps those that are let in within their deadline, which is what is left of throughput when twice
 * as much comes as can be judged.
 *
 * <p>While the log acknowledges nothing, a few messages at a time find out whether it is back and
 * the others are refused at once. Thread-safe.
 */
public final class Admission {
  /** How many may be on their way to a log that is away. */
  private static final int MOST_PROBES = 16;

  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long NOBODY = 0;
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int alwaysAdmitted;
  private final double targetWaitSeconds;

  private final AtomicInteger unacknowledged = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicLong answeredInWindow = new AtomicLong();
  private final AtomicLong windowStart = new AtomicLong(System.nanoTime());
  private volatile double lastRate;
  private volatile boolean logFailing;
  private volatile long waitingSince;

  /** Takes its bounds from the settings. */
  public Admission(LoadSettings settings) {
    this.alwaysAdmitted = settings.alwaysAdmitted();
    this.targetWaitSeconds = settings.targetWaitMillis() / 1_000.0;
  }

  /** Why nothing more is taken on now, if so. */
  public Optional<ErrorCode> refusal() {
    if (logFailing && unacknowledged.get() >= MOST_PROBES) {
      return Optional.of(ErrorCode.NOT_KNOWN_TO_BE_ACCEPTED);
    }
    int waiting = unanswered.get();
    if (waiting >= alwaysAdmitted && waiting >= answersPerSecond() * targetWaitSeconds) {
      return Optional.of(ErrorCode.OVERLOADED);
    }
    return Optional.empty();
  }

  /** A message goes to the log. */
  public void sent() {
    unacknowledged.incrementAndGet();
    unanswered.incrementAndGet();
    if (waitingSince == NOBODY) {
      waitingSince = System.nanoTime();
    }
  }

  /** The log has it. */
  public void acknowledged() {
    unacknowledged.decrementAndGet();
    logFailing = false;
  }

  /** The log is not known to have it; no answer is waited for. */
  public void failed() {
    unacknowledged.decrementAndGet();
    unanswered.decrementAndGet();
    waitingSince = NOBODY;
    logFailing = true;
  }

  /** The judge has answered a message. */
  public void answered() {
    unanswered.decrementAndGet();
    answeredInWindow.incrementAndGet();
    answersPerSecond();
    waitingSince = NOBODY;
  }

  /** No answer is waited for any longer. */
  public void givenUp() {
    unanswered.decrementAndGet();
  }

  /** Messages sent to the log and not yet answered. */
  public int unanswered() {
    return unanswered.get();
  }

  /**
   * Whether something was sent and nothing at all was answered in the five seconds since. A single
   * answer that is lost for good is no stall.
   */
  public boolean isStalled() {
    long since = waitingSince;
    return since != NOBODY && System.nanoTime() - since > STALLED_NANOS;
  }

  private double answersPerSecond() {
    long start = windowStart.get();
    long now = System.nanoTime();
    long elapsed = now - start;
    if (elapsed >= WINDOW_NANOS && windowStart.compareAndSet(start, now)) {
      lastRate = answeredInWindow.getAndSet(0) * (double) TimeUnit.SECONDS.toNanos(1) / elapsed;
    }
    return lastRate;
  }
}
