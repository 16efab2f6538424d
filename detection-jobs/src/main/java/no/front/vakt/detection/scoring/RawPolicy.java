package no.front.vakt.detection.scoring;

import java.io.Serializable;

/** A record of {@code vakt.policies} as it was read. A Flink POJO. */
public final class RawPolicy implements Serializable {
  /** The record's key, the customerId; empty when it had none. */
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
  public RawPolicy() {}

  /** A record with nothing but key and value. */
  public static RawPolicy of(String key, byte[] value) {
    RawPolicy raw = new RawPolicy();
    raw.key = key;
    raw.value = value;
    return raw;
  }
}
