package no.front.vakt.rules.signal;

/**
 * The first chunk of a customer's memory: how many shards and live records each table has, the next
 * free block, the newest event time. Read once and written once a message.
 */
final class Directory {
  private static final long CHUNK = 0;
  private static final int LAYOUT = 1;
  private static final int MOST_TABLES = 256;

  private final ChunkStore chunks;
  private final int[] shardBits = new int[MOST_TABLES];
  private final long[] keys = new long[MOST_TABLES];
  private final long[] sweptAt = new long[MOST_TABLES];
  private final long[] retentionMillis = new long[MOST_TABLES];
  private final boolean[] isUsed = new boolean[MOST_TABLES];
  private final int[] used = new int[MOST_TABLES];
  private int usedCount;
  private long newestMillis = Long.MIN_VALUE;
  private long nextBlock = 1;
  private boolean changed;

  Directory(ChunkStore chunks) {
    this.chunks = chunks;
  }

  /** Reads what rests; an instance serves one customer after another. */
  void load() {
    for (int i = 0; i < usedCount; i++) {
      int table = used[i];
      isUsed[table] = false;
      shardBits[table] = 0;
      keys[table] = 0;
      sweptAt[table] = 0;
      retentionMillis[table] = 0;
    }
    usedCount = 0;
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
      int table = (int) in.number();
      use(table);
      shardBits[table] = (int) in.number();
      keys[table] = in.number();
      sweptAt[table] = in.signed();
      retentionMillis[table] = in.number();
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
    for (int i = 0; i < usedCount; i++) {
      int table = used[i];
      out.number(table).number(shardBits[table]).number(keys[table]);
      out.signed(sweptAt[table]).number(retentionMillis[table]);
    }
    chunks.put(CHUNK, out.bytes());
    changed = false;
  }

  private void use(int table) {
    if (!isUsed[table]) {
      isUsed[table] = true;
      used[usedCount++] = table;
    }
    changed = true;
  }

  int shardBits(int table) {
    return shardBits[table];
  }

  long keys(int table) {
    return keys[table];
  }

  void changeKeys(int table, int by) {
    if (by != 0) {
      use(table);
      keys[table] = Math.max(0, keys[table] + by);
    }
  }

  void setTable(int table, int bits, long liveKeys) {
    use(table);
    shardBits[table] = bits;
    keys[table] = liveKeys;
  }

  long sweptAt(int table) {
    return sweptAt[table];
  }

  void setSweptAt(int table, long millis) {
    use(table);
    sweptAt[table] = millis;
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
    for (int i = 0; i < usedCount; i++) {
      longest = Math.max(longest, retentionMillis[used[i]]);
    }
    return longest;
  }

  long retentionMillis(int table) {
    return retentionMillis[table];
  }

  void setRetention(int table, long millis) {
    if (millis != retentionMillis[table]) {
      use(table);
      retentionMillis[table] = millis;
    }
  }

  long takeBlock() {
    changed = true;
    return nextBlock++;
  }
}
