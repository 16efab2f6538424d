package no.front.vakt.detection.job;

import java.nio.charset.StandardCharsets;

/**
 * A record of {@code sms.submitted} as it was read, still sealed: what travels between source and
 * judge. A Flink POJO; parsed only where it is judged, so that the exchange between tasks moves
 * bytes and nothing personal is ever open on it.
 */
public final class RawSubmission {
  /** The record's key, the customerId; empty when it had none. */
  public String key = "";

  /** The record's value; empty when it had none. */
  public byte[] value = new byte[0];

  /** Partition of {@code sms.answers} that waits for the answer; -1: nobody waits. */
  public int replyPartition = -1;

  /** The asking door's {@code Headers.NONCE}; 0: none came. */
  public long nonce;

  /** Partition it was read from; in a file 0. */
  public int partition;

  /** Offset it was read at; in a file the number of the line, from 0. */
  public long offset;

  /** The log's own time, epoch milliseconds; in a file submittedAt. */
  public long logMillis;

  /** For Flink. */
  public RawSubmission() {}

  /** The key as bytes. */
  public byte[] keyBytes() {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
