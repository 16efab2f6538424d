package no.front.vakt.rules.signal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times at which one counted thing passed, newest first, as bytes: the sliding count behind
 * every limit, exact until the line is so long that its oldest entries are merged.
 *
 * <p>A short line stands in its table's shard. A longer one stands in blocks of about {@value
 * #BLOCK_ENTRIES} entries in chunks of their own, the shard holding one descriptor a block with its
 * span and sums: counting a message reads and writes the newest block and reads the one the window
 * begins in. The newest {@value #EXACT_KEPT} entries at least are exact. Older ones, beyond {@value
 * #EXACT_MOST}, are merged: each is moved to the end of a slot of at most 1 % of its age, so that
 * it is treated as younger, never as older (design decision 8). Bounded: about 50 KB exact, and at
 * most about 140 slots for each doubling of age.
 */
final class TimeLine {
  static final int BLOCK_ENTRIES = 512;
  static final int EXACT_KEPT = 12_288;
  static final int EXACT_MOST = 16_384;

  /** A line over this many entries moves out of its shard. */
  private static final int SHORT_ENTRIES = 64;

  /** Slots are at most this share of an entry's age. */
  private static final int AGE_PER_SLOT = 100;

  // Times rest relative to this instant, 2026-01-01T00:00:00Z, so that they pack into few bytes.
  private static final long EPOCH_MILLIS = 1_767_225_600_000L;

  private static final int IN_BLOCKS = 0;

  private TimeLine() {}

  static long newest(Varints.In record) {
    return record.signed() + EPOCH_MILLIS;
  }

  static void writeNewest(Varints.Out out, long millis) {
    out.signed(millis - EPOCH_MILLIS);
  }

  /** Most in any window that contains {@code at}, with {@code weight} added there. */
  static long peak(
      ChunkStore chunks, Varints.@Nullable In record, long at, long window, Unit unit, int weight) {
    if (record == null) {
      return weight;
    }
    long newest = newest(record);
    int count = (int) record.number();
    if (count != IN_BLOCKS) {
      return newest <= at
          ? weight + sumAfter(record, newest, count, at - window, unit)
          : Entries.read(record, newest, count).peak(at, window, unit, weight);
    }
    List<Block> blocks = Block.readAll(record, newest);
    if (newest <= at) {
      long sum = weight;
      for (Block block : blocks) {
        if (block.oldest > at - window) {
          sum += block.sum(unit);
        } else if (block.newest > at - window) {
          Varints.In in = new Varints.In(chunk(chunks, block), 0);
          long first = newest(in);
          sum += sumAfter(in, first, (int) in.number(), at - window, unit);
        }
      }
      return sum;
    }
    // A merged entry stands up to one slot too young, and the oldest that counts here has the age
    // of the window's far end: a window longer by that slot still sees all of the true one.
    boolean coarse = blocks.stream().anyMatch(block -> block.coarse);
    long slack = coarse ? (newest - at + window) / AGE_PER_SLOT + 1 : 0;
    Entries near = new Entries(BLOCK_ENTRIES * 2);
    for (Block block : blocks) {
      if (block.newest > at - window && block.oldest < at + window + slack) {
        near.appendAll(block.entries(chunks));
      }
    }
    return near.peak(at, window + slack, unit, weight);
  }

  private static long sumAfter(Varints.In in, long newest, int count, long after, Unit unit) {
    long sum = 0;
    long time = newest;
    for (int i = 0; i < count; i++) {
      long head = in.number();
      time -= head >>> 1;
      if (time <= after) {
        break;
      }
      long messages = 1;
      long segments = 1;
      if ((head & 1) == 1) {
        messages = in.number();
        segments = in.number();
      }
      sum += unit == Unit.MESSAGE ? messages : segments;
    }
    return sum;
  }

  /** The line with one more entry, without those at or before the horizon. */
  static byte[] add(
      ChunkStore chunks,
      Directory directory,
      Varints.@Nullable In record,
      long at,
      int segments,
      long horizon) {
    if (record == null) {
      Entries single = new Entries(1);
      single.insert(at, segments);
      return single.bytes();
    }
    long newest = newest(record);
    int count = (int) record.number();
    if (count != IN_BLOCKS) {
      Entries entries = Entries.read(record, newest, count);
      entries.dropUntil(horizon);
      entries.insert(at, segments);
      if (entries.size() <= SHORT_ENTRIES) {
        return entries.bytes();
      }
      List<Block> blocks = new ArrayList<>();
      blocks.add(Block.write(chunks, directory.takeBlock(), entries, false));
      return Block.bytes(blocks);
    }
    List<Block> blocks = Block.readAll(record, newest);
    blocks.removeIf(
        block -> {
          boolean past = block.newest <= horizon;
          if (past) {
            chunks.remove(block.chunkNumber());
          }
          return past;
        });
    addToBlocks(chunks, directory, blocks, at, segments);
    merge(chunks, directory, blocks, horizon);
    return Block.bytes(blocks);
  }

  private static void addToBlocks(
      ChunkStore chunks, Directory directory, List<Block> blocks, long at, int segments) {
    if (blocks.isEmpty()
        || blocks.get(0).newest <= at
            && (blocks.get(0).coarse || blocks.get(0).count >= BLOCK_ENTRIES)) {
      Entries single = new Entries(1);
      single.insert(at, segments);
      blocks.add(0, Block.write(chunks, directory.takeBlock(), single, false));
      return;
    }
    Block first = blocks.get(0);
    if (first.newest <= at) {
      first.prepend(chunks, at, segments);
      return;
    }
    int place = 0;
    while (place < blocks.size() - 1 && blocks.get(place).oldest > at) {
      place++;
    }
    Block block = blocks.get(place);
    Entries entries = block.entries(chunks);
    entries.insert(at, segments);
    if (entries.size() > 2 * BLOCK_ENTRIES) {
      Entries older = entries.splitOff(entries.size() / 2);
      blocks.add(place + 1, Block.write(chunks, directory.takeBlock(), older, block.coarse));
    }
    blocks.set(place, Block.write(chunks, block.number, entries, block.coarse));
  }

  private static void merge(
      ChunkStore chunks, Directory directory, List<Block> blocks, long horizon) {
    long exact = 0;
    for (Block block : blocks) {
      exact += block.coarse ? 0 : block.count;
    }
    if (exact <= EXACT_MOST) {
      return;
    }
    long kept = 0;
    int place = 0;
    while (kept < EXACT_KEPT) {
      kept += blocks.get(place++).count;
    }
    long newest = blocks.get(0).newest;
    long oldestExact = blocks.get(place - 1).oldest;
    Entries merged = new Entries(BLOCK_ENTRIES);
    while (blocks.size() > place) {
      Block block = blocks.remove(place);
      Entries entries = block.entries(chunks);
      for (int i = 0; i < entries.size(); i++) {
        long time = entries.time(i);
        if (time > horizon) {
          long slot = Long.highestOneBit(Math.max(1, (newest - time) / AGE_PER_SLOT));
          long younger = Math.min(oldestExact, Math.floorDiv(time + slot - 1, slot) * slot);
          merged.appendMerging(Math.max(time, younger), entries.messages(i), entries.segments(i));
        }
      }
      chunks.remove(block.chunkNumber());
    }
    while (merged.size() > 0) {
      Entries older = merged.splitOff(Math.min(merged.size(), BLOCK_ENTRIES));
      blocks.add(Block.write(chunks, directory.takeBlock(), merged, true));
      merged = older;
    }
  }

  /** Frees what a dropped record held outside its shard. */
  static void release(ChunkStore chunks, Varints.In record) {
    long newest = newest(record);
    if (record.number() == IN_BLOCKS) {
      for (Block block : Block.readAll(record, newest)) {
        chunks.remove(block.chunkNumber());
      }
    }
  }

  private static byte[] chunk(ChunkStore chunks, Block block) {
    byte[] chunk = chunks.get(block.chunkNumber());
    if (chunk == null) {
      throw new IllegalStateException("Block " + block.number + " of a counter is missing");
    }
    return chunk;
  }

  /** One block's descriptor. */
  private static final class Block {
    private final long number;
    private final boolean coarse;
    private long newest;
    private final long oldest;
    private int count;
    private long messages;
    private long segments;

    private Block(
        long number,
        boolean coarse,
        long newest,
        long oldest,
        int count,
        long messages,
        long segments) {
      this.number = number;
      this.coarse = coarse;
      this.newest = newest;
      this.oldest = oldest;
      this.count = count;
      this.messages = messages;
      this.segments = segments;
    }

    private long chunkNumber() {
      return HashTable.chunkNumber(Directory.BLOCKS, 0) + number;
    }

    private long sum(Unit unit) {
      return unit == Unit.MESSAGE ? messages : segments;
    }

    private Entries entries(ChunkStore chunks) {
      Varints.In in = new Varints.In(chunk(chunks, this), 0);
      long first = TimeLine.newest(in);
      return Entries.read(in, first, (int) in.number());
    }

    private static Block write(ChunkStore chunks, long number, Entries entries, boolean coarse) {
      long messages = 0;
      long segments = 0;
      for (int i = 0; i < entries.size(); i++) {
        messages += entries.messages(i);
        segments += entries.segments(i);
      }
      Block block =
          new Block(
              number,
              coarse,
              entries.time(0),
              entries.time(entries.size() - 1),
              entries.size(),
              messages,
              segments);
      chunks.put(block.chunkNumber(), entries.bytes());
      return block;
    }

    /** Puts a newest entry before the others without unpacking them. */
    private void prepend(ChunkStore chunks, long at, int weight) {
      byte[] old = chunk(chunks, this);
      Varints.In in = new Varints.In(old, 0);
      long oldNewest = TimeLine.newest(in);
      long oldCount = in.number();
      long oldHead = in.number();
      Varints.Out out = new Varints.Out(old.length + 16);
      writeNewest(out, at);
      out.number(oldCount + 1);
      Entries.writeEntry(out, 0, 1, weight);
      out.number((at - oldNewest) << 1 | oldHead & 1).raw(old, in.at, old.length);
      chunks.put(chunkNumber(), out.bytes());
      newest = at;
      count++;
      messages++;
      segments += weight;
    }

    private static List<Block> readAll(Varints.In in, long newest) {
      int count = (int) in.number();
      List<Block> blocks = new ArrayList<>(count + 1);
      long time = newest;
      for (int i = 0; i < count; i++) {
        long head = in.number();
        time -= in.signed();
        long oldest = time - in.number();
        blocks.add(
            new Block(
                head >>> 1,
                (head & 1) == 1,
                time,
                oldest,
                (int) in.number(),
                in.number(),
                in.number()));
      }
      return blocks;
    }

    private static byte[] bytes(List<Block> blocks) {
      Varints.Out out = new Varints.Out(24 * blocks.size() + 16);
      long newest = blocks.get(0).newest;
      writeNewest(out, newest);
      out.number(IN_BLOCKS).number(blocks.size());
      long time = newest;
      for (Block block : blocks) {
        out.number(block.number << 1 | (block.coarse ? 1 : 0)).signed(time - block.newest);
        out.number(block.newest - block.oldest)
            .number(block.count)
            .number(block.messages)
            .number(block.segments);
        time = block.newest;
      }
      return out.bytes();
    }
  }
}
