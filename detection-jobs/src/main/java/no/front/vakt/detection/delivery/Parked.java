package no.front.vakt.detection.delivery;

import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.RawRecord;
import org.jspecify.annotations.Nullable;

/** A held message that waits for its end. A Flink POJO; an absent field has its default. */
public final class Parked {
  /** No {@code validUntil}. */
  static final long ALWAYS = Long.MAX_VALUE;

  /** The sealed submission as JSON; empty when it could not be read. */
  public byte[] submission = new byte[0];

  /** When it expires, epoch milliseconds. */
  public long endsAt;

  /** Until when it may be sent, epoch milliseconds. */
  public long validUntil = ALWAYS;

  /** Its place among those that end in the same millisecond. */
  public int place;

  /** Who released it; null while nobody has. */
  public @Nullable String releasedBy;

  /** Partition of its verdict. */
  public int partition;

  /** Offset of its verdict. */
  public long offset;

  /** Log time of its verdict. */
  public long logMillis;

  /** For Flink. */
  public Parked() {}

  boolean isReadable() {
    return submission.length > 0;
  }

  String endsBy() {
    return endsAt == validUntil ? Ends.VALID_UNTIL : Ends.HOLD_TIME;
  }

  /** What a dead letter tells of it. */
  RawRecord asRead(String customerId) {
    RawRecord raw = RawRecord.of(Topics.SMS_VERDICTS, customerId, submission);
    raw.partition = partition;
    raw.offset = offset;
    raw.logMillis = logMillis;
    return raw;
  }
}
