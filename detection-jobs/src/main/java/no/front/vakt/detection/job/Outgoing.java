package no.front.vakt.detection.job;

import no.front.vakt.contract.Topics;

/** A record on its way out of the job: where to, and its bytes. A Flink POJO. */
public final class Outgoing {
  /** The topic. */
  public Topics topic = Topics.SMS_VERDICTS;

  /** Partition it must go to; -1: by key. */
  public int partition = -1;

  /** The record's key. */
  public byte[] key = new byte[0];

  /** The record's value. */
  public byte[] value = new byte[0];

  /** Offset of the submission that caused it; in a file the number of its line, from 0. */
  public long cause;

  /** For Flink. */
  public Outgoing() {}

  /** A record that goes where its key leads. */
  public static Outgoing to(Topics topic, byte[] key, byte[] value, long cause) {
    Outgoing outgoing = new Outgoing();
    outgoing.topic = topic;
    outgoing.key = key;
    outgoing.value = value;
    outgoing.cause = cause;
    return outgoing;
  }
}
