package no.front.vakt.detection.job;

import java.io.Serializable;
import no.front.vakt.contract.Topics;

/** A record as it was read from a topic, nothing refused yet. A Flink POJO. */
public final class RawRecord implements Serializable {
  /** The topic it was read from. */
  public Topics topic = Topics.VAKT_POLICIES;

  /** The record's key; empty when it had none. */
  public String key = "";

  /** The record's value; empty when it had none. */
  public byte[] value = new byte[0];

  /** Partition it was read from. */
  public int partition;

  /** Offset it was read at. */
  public long offset;

  /** The log's own time, epoch milliseconds. */
  public long logMillis;

  /** For Flink. */
  public RawRecord() {}

  /** A record with nothing but topic, key and value. */
  public static RawRecord of(Topics topic, String key, byte[] value) {
    RawRecord raw = new RawRecord();
    raw.topic = topic;
    raw.key = key;
    raw.value = value;
    return raw;
  }

  /** A policy with nothing but key and value. */
  public static RawRecord of(String key, byte[] value) {
    return of(Topics.VAKT_POLICIES, key, value);
  }
}
