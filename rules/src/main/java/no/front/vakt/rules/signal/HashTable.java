package no.front.vakt.rules.signal;

import org.jspecify.annotations.Nullable;

/**
 * A table of small records under 64-bit hashes, resting in the chunks of one customer: shards of at
 * most about 4 KB, doubled when one grows over, so that reading or writing a record touches one
 * shard. A record's first number is its newest time; records whose newest time is past the horizon
 * are dropped whenever their shard is written.
 */
final class HashTable {
  /** A shard over this size makes the table double its shards. */
  static final int SHARD_BYTES = 4096;

  private static final int MOST_SHARD_BITS = 16;

  private final ChunkStore chunks;
  private final int table;
  private final Directory directory;
  private final Dropped dropped;

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

  /** Place of the record's payload, or null. */
  Varints.@Nullable In find(long hash) {
    byte[] shard = chunks.get(chunk(shardOf(hash)));
    if (shard == null) {
      return null;
    }
    Varints.In in = new Varints.In(shard, 0);
    while (in.hasMore()) {
      long candidate = in.fixed();
      int length = (int) in.number();
      if (candidate == hash) {
        return in;
      }
      in.at += length;
    }
    return null;
  }

  /** Puts a record in place of the one with the same hash; drops what is past the horizon. */
  void put(long hash, byte[] payload, long horizonMillis) {
    int shardNumber = shardOf(hash);
    byte[] shard = chunks.get(chunk(shardNumber));
    Varints.Out out = new Varints.Out((shard == null ? 0 : shard.length) + payload.length + 12);
    boolean isNew = true;
    int gone = 0;
    if (shard != null) {
      Varints.In in = new Varints.In(shard, 0);
      int keptFrom = 0;
      while (in.hasMore()) {
        int start = in.at;
        long candidate = in.fixed();
        int length = (int) in.number();
        int end = in.at + length;
        boolean same = candidate == hash;
        boolean past = false;
        if (!same) {
          int payloadAt = in.at;
          past = TimeLine.newest(in) <= horizonMillis;
          in.at = payloadAt;
          if (past) {
            dropped.record(in);
            gone++;
          }
        } else {
          isNew = false;
        }
        if (same || past) {
          out.raw(shard, keptFrom, start);
          keptFrom = end;
        }
        in.at = end;
      }
      out.raw(shard, keptFrom, shard.length);
    }
    out.fixed(hash).number(payload.length).raw(payload, 0, payload.length);
    chunks.put(chunk(shardNumber), out.bytes());
    directory.changeKeys(table, (isNew ? 1 : 0) - gone);
    if (out.size() > SHARD_BYTES && directory.shardBits(table) < MOST_SHARD_BITS) {
      redistribute(directory.shardBits(table) + 1, horizonMillis);
    }
  }

  /** Drops everything past the horizon in all shards. */
  void sweep(long horizonMillis) {
    redistribute(directory.shardBits(table), horizonMillis);
  }

  private void redistribute(int bits, long horizonMillis) {
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
