package no.front.vakt.rules.signal;

import org.jspecify.annotations.Nullable;

/**
 * A table of small records under 64-bit hashes, resting in the chunks of one customer: shards of at
 * most about 2 KB, doubled when one grows over, so that reading or writing a record touches one
 * shard. A record's first number is its newest time; records whose newest time is past the horizon
 * are dropped when their shard is written and no younger one was written before them.
 */
final class HashTable {
  /** A shard over this size makes the table double its shards. */
  static final int SHARD_BYTES = 2048;

  private static final int MOST_SHARD_BITS = 16;
  private static final int NONE = -1;
  private static final byte[] EMPTY = {};

  private final ChunkStore chunks;
  private final int table;
  private final Directory directory;
  private final Dropped dropped;
  // The shard read or written last, and where the record asked for last stands in it.
  private int heldNumber = NONE;
  private byte[] held = EMPTY;
  private byte[] located = EMPTY;
  private long locatedHash;
  private int recordStart = NONE;
  private int payloadStart;
  private int recordEnd;

  /** Told of each record that is dropped because its time is past. */
  interface Dropped {
    void record(Varints.In payload);
  }

  HashTable(ChunkStore chunks, int table, Directory directory, Dropped dropped) {
    this.chunks = chunks;
    this.table = table;
    this.directory = directory;
    this.dropped = dropped;
  }

  private long chunk(int shard) {
    return chunkNumber(table, shard);
  }

  static long chunkNumber(int table, int shard) {
    return (long) table << 32 | shard;
  }

  private int shardOf(long hash) {
    return (int) (hash >>> 1) & (1 << directory.shardBits(table)) - 1;
  }

  /** Forgets what was read: another customer's chunks are at hand. */
  void turn() {
    heldNumber = NONE;
    held = EMPTY;
    located = EMPTY;
  }

  private byte[] shard(int number) {
    if (number != heldNumber) {
      byte[] read = chunks.get(chunk(number));
      held = read == null ? EMPTY : read;
      heldNumber = number;
    }
    return held;
  }

  /** Finds where a record stands in a shard; what was asked for last is known already. */
  private void locate(byte[] shard, long hash) {
    if (shard == located && hash == locatedHash && shard != EMPTY) {
      return;
    }
    located = shard;
    locatedHash = hash;
    recordStart = NONE;
    Varints.In in = new Varints.In(shard, 0);
    while (in.hasMore()) {
      int start = in.at;
      boolean same = in.fixed() == hash;
      int length = in.bytes[in.at] >= 0 ? in.bytes[in.at++] : (int) in.number();
      if (same) {
        recordStart = start;
        payloadStart = in.at;
        recordEnd = in.at + length;
        return;
      }
      in.at += length;
    }
  }

  /** Place of the record's payload, or null. */
  Varints.@Nullable In find(long hash) {
    byte[] shard = shard(shardOf(hash));
    locate(shard, hash);
    return recordStart == NONE ? null : new Varints.In(shard, payloadStart);
  }

  /** Puts a record in place of the one with the same hash; drops what is past the horizon. */
  void put(long hash, byte[] payload, long horizonMillis) {
    int shardNumber = shardOf(hash);
    byte[] shard = shard(shardNumber);
    locate(shard, hash);
    int gone = 0;
    int keptFrom = 0;
    // Records stand in the order they were last written in, so those that are past stand first.
    Varints.In in = new Varints.In(shard, 0);
    while (in.hasMore()) {
      boolean same = in.at == recordStart;
      in.at += Long.BYTES;
      int length = (int) in.number();
      int payloadAt = in.at;
      if (!same) {
        if (TimeLine.newest(in) > horizonMillis) {
          break;
        }
        in.at = payloadAt;
        dropped.record(in);
        gone++;
      }
      keptFrom = payloadAt + length;
      in.at = keptFrom;
    }
    boolean isCutOut = recordStart >= keptFrom;
    int kept = shard.length - keptFrom - (isCutOut ? recordEnd - recordStart : 0);
    Varints.Out out =
        new Varints.Out(kept + Long.BYTES + Varints.size(payload.length) + payload.length);
    if (isCutOut) {
      out.raw(shard, keptFrom, recordStart).raw(shard, recordEnd, shard.length);
    } else {
      out.raw(shard, keptFrom, shard.length);
    }
    out.fixed(hash).number(payload.length).raw(payload, 0, payload.length);
    held = out.bytes();
    chunks.put(chunk(shardNumber), held);
    directory.changeKeys(table, (recordStart == NONE ? 1 : 0) - gone);
    if (held.length > SHARD_BYTES && directory.shardBits(table) < MOST_SHARD_BITS) {
      redistribute(directory.shardBits(table) + 1, horizonMillis);
    }
  }

  /** Drops everything past the horizon in all shards. */
  void sweep(long horizonMillis) {
    redistribute(directory.shardBits(table), horizonMillis);
  }

  private void redistribute(int bits, long horizonMillis) {
    turn();
    int before = 1 << directory.shardBits(table);
    int after = 1 << bits;
    Varints.Out[] shards = new Varints.Out[after];
    long kept = 0;
    for (int i = 0; i < before; i++) {
      byte[] shard = chunks.get(chunk(i));
      if (shard == null) {
        continue;
      }
      Varints.In in = new Varints.In(shard, 0);
      while (in.hasMore()) {
        int start = in.at;
        long hash = in.fixed();
        int length = (int) in.number();
        int payloadAt = in.at;
        int end = payloadAt + length;
        boolean past = TimeLine.newest(in) <= horizonMillis;
        in.at = payloadAt;
        if (past) {
          dropped.record(in);
        } else {
          int target = (int) (hash >>> 1) & after - 1;
          if (shards[target] == null) {
            shards[target] = new Varints.Out(SHARD_BYTES);
          }
          shards[target].raw(shard, start, end);
          kept++;
        }
        in.at = end;
      }
    }
    for (int i = 0; i < Math.max(before, after); i++) {
      if (i < after && shards[i] != null) {
        chunks.put(chunk(i), shards[i].bytes());
      } else {
        chunks.remove(chunk(i));
      }
    }
    directory.setTable(table, bits, kept);
  }
}
