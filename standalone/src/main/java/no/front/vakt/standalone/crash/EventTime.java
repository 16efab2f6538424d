package no.front.vakt.standalone.crash;

import java.time.Instant;

/**
 * The time a message is judged at, worked out anew from decision 7 and {@code
 * docs/decisions/0001-event-time-span.md}.
 */
final class EventTime {
  private static final long AHEAD_MILLIS = 5_000;
  private static final long BEHIND_MILLIS = 60_000;

  private EventTime() {}

  /** Epoch milliseconds; a verdict is stamped with its message's log time. */
  static long of(Logs.Judged judged) {
    long logged = judged.verdict().decidedAt().toEpochMilli();
    long submitted = judged.submittedAt().toEpochMilli();
    return submitted > logged + AHEAD_MILLIS ? logged : Math.max(submitted, logged - BEHIND_MILLIS);
  }

  /** The time its policy is chosen by: never later than the log's. */
  static Instant ofPolicy(Logs.Judged judged) {
    return Instant.ofEpochMilli(Math.min(of(judged), judged.verdict().decidedAt().toEpochMilli()));
  }
}
