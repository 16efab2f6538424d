package no.front.vakt.verdictapi.load;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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
  private final AtomicLong windowStart;
  private volatile double lastRate;
  private volatile boolean logFailing;
  private volatile long waitingSince;
  private volatile long lastAnswer;
  private volatile long fullSince;
  private final LongSupplier nanoTime;

  /** Takes its bounds from the settings. */
  public Admission(LoadSettings settings) {
    this(settings, System::nanoTime);
  }

  /** By a clock that counts nanoseconds; for tests. */
  Admission(LoadSettings settings, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.windowStart = new AtomicLong(nanoTime.getAsLong());
    this.lastAnswer = nanoTime.getAsLong();
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
    if (unanswered.incrementAndGet() == alwaysAdmitted) {
      fullSince = nanoTime.getAsLong();
    }
    if (waitingSince == NOBODY) {
      waitingSince = nanoTime.getAsLong();
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
    lastAnswer = nanoTime.getAsLong();
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
   * answer that is lost for good is no stall; so many that the door may refuse all others are one,
   * for then nothing more is sent that could tell.
   */
  public boolean isStalled() {
    long now = nanoTime.getAsLong();
    long since = waitingSince;
    return since != NOBODY && now - since > STALLED_NANOS
        || unanswered.get() >= alwaysAdmitted
            && now - fullSince > STALLED_NANOS
            && now - lastAnswer > STALLED_NANOS;
  }

  private double answersPerSecond() {
    long start = windowStart.get();
    long now = nanoTime.getAsLong();
    long elapsed = now - start;
    if (elapsed >= WINDOW_NANOS && windowStart.compareAndSet(start, now)) {
      lastRate = answeredInWindow.getAndSet(0) * (double) TimeUnit.SECONDS.toNanos(1) / elapsed;
    }
    return lastRate;
  }
}
