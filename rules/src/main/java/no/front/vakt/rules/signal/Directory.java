package no.front.vakt.rules.signal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first chunk of a customer's memory: how many shards and live records each table has, the next
 * free block, the newest event time. Read once and written once a message.
 */
final class Directory {
  private static final long CHUNK = HashTable.chunkNumber(Directory.OWN, 0);
  private static final int LAYOUT = 1;

  // Tables 0 to 15 are the house's own, counters have theirs from 16 up. Numbers once released
  // never
  // change.
  private static final int OWN = 0;

  /** Table of the identities of the last minutes. */
  static final int IDENTITIES = 1;

  /** Table under which blocks of long lines are filed. */
  static final int BLOCKS = 2;

  /** Lowest number of a counter's table. */
  static final int FIRST_COUNTER = 16;

  /** Tables are numbered below this: room for 255 kinds of what is counted. */
  static final int MOST_TABLES = 4_096;

  private final ChunkStore chunks;
  private final @Nullable Table[] tables = new Table[MOST_TABLES];
  private final List<Table> used = new ArrayList<>();
  private long newestMillis = Long.MIN_VALUE;
  private long nextBlock = 1;
  private boolean changed;

  Directory(ChunkStore chunks) {
    this.chunks = chunks;
  }

  /** What is known of one table. */
  private static final class Table {
    private final int number;
    private int shardBits;
    private long keys;
    private long sweptAt;
    private long retentionMillis;

    private Table(int number) {
      this.number = number;
    }
  }

  /** Reads what rests; an instance serves one customer after another. */
  void load() {
    used.forEach(table -> tables[table.number] = null);
    used.clear();
    newestMillis = Long.MIN_VALUE;
    nextBlock = 1;
    changed = false;
    byte[] chunk = chunks.get(CHUNK);
    if (chunk == null) {
      return;
    }
    Varints.In in = new Varints.In(chunk, 0);
    int layout = (int) in.number();
    if (layout != LAYOUT) {
      throw new IllegalStateException(
          "Counters rest in layout " + layout + ", this release reads layout " + LAYOUT);
    }
    newestMillis = in.signed();
    nextBlock = in.number();
    while (in.hasMore()) {
      Table table = changed((int) in.number());
      table.shardBits = (int) in.number();
      table.keys = in.number();
      table.sweptAt = in.signed();
      table.retentionMillis = in.number();
    }
    changed = false;
  }

  /** Writes what changed. */
  void store() {
    if (!changed) {
      return;
    }
    Varints.Out out = new Varints.Out(48);
    out.number(LAYOUT).signed(newestMillis).number(nextBlock);
    for (Table table : used) {
      out.number(table.number).number(table.shardBits).number(table.keys);
      out.signed(table.sweptAt).number(table.retentionMillis);
    }
    chunks.put(CHUNK, out.bytes());
    changed = false;
  }

  private Table changed(int number) {
    changed = true;
    Table table = tables[number];
    if (table == null) {
      table = new Table(number);
      tables[number] = table;
      used.add(table);
    }
    return table;
  }

  int shardBits(int number) {
    Table table = tables[number];
    return table == null ? 0 : table.shardBits;
  }

  long keys(int number) {
    Table table = tables[number];
    return table == null ? 0 : table.keys;
  }

  void changeKeys(int number, int by) {
    if (by != 0) {
      Table table = changed(number);
      table.keys = Math.max(0, table.keys + by);
    }
  }

  void setTable(int number, int bits, long liveKeys) {
    Table table = changed(number);
    table.shardBits = bits;
    table.keys = liveKeys;
  }

  long sweptAt(int number) {
    Table table = tables[number];
    return table == null ? 0 : table.sweptAt;
  }

  void setSweptAt(int number, long millis) {
    changed(number).sweptAt = millis;
  }

  long newestMillis() {
    return newestMillis;
  }

  void sawTime(long millis) {
    if (millis > newestMillis) {
      newestMillis = millis;
      changed = true;
    }
  }

  /** Longest time any table keeps a record. */
  long longestRetentionMillis() {
    long longest = 0;
    for (Table table : used) {
      longest = Math.max(longest, table.retentionMillis);
    }
    return longest;
  }

  long retentionMillis(int number) {
    Table table = tables[number];
    return table == null ? 0 : table.retentionMillis;
  }

  void setRetention(int number, long millis) {
    if (millis != retentionMillis(number)) {
      changed(number).retentionMillis = millis;
    }
  }

  long takeBlock() {
    changed = true;
    return nextBlock++;
  }
}
