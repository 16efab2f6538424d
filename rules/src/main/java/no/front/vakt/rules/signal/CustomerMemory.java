package no.front.vakt.rules.signal;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Submission;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one customer's traffic: counters of what passed, and the identities of the
 * last ten minutes. All of it rests as chunks of bytes under keyed hashes (SipHash-2-4, 64 bits,
 * its key derived from the hashing key): no number, text or address can be read from it. One
 * instance serves one customer after another, on one thread: {@link #open}, then ask and count,
 * then {@link #close}.
 *
 * <p>Time is the customer's event time throughout, never the clock. A message may be up to {@link
 * #LATENESS_MILLIS} older than the newest and is never counted less for it: exactly as long as
 * nothing of its count has been merged, otherwise rather too much than too little.
 */
public final class CustomerMemory implements Signals {
  /** How much older than the newest a message may be; the door's producer gives up long before. */
  public static final long LATENESS_MILLIS = 60_000;

  /** How long an identity is remembered, of the customer's event time (design decision 3). */
  public static final long IDENTITY_MILLIS = 600_000;

  /** Most live values counted apart in one counter; later ones share one count. */
  public static final int MAX_KEYS = 100_000;

  private static final long OVERFLOW_HASH = 0;
  private static final long LEAST_BETWEEN_SWEEPS_MILLIS = 1_000;

  private final ChunkStore chunks;
  private final Directory directory;
  private final HashFunction sipHash;
  private final HashFunction digestHash;
  private final int maxKeys;
  private final HashInput input = new HashInput();
  private final HashTable identities;
  private final Map<Counter, Counted> counters = new HashMap<>();
  private String customerId = "";

  /** Memory over the given chunks. */
  public CustomerMemory(ChunkStore chunks, KeyedHash hash) {
    this(chunks, hash, MAX_KEYS);
  }

  CustomerMemory(ChunkStore chunks, KeyedHash hash, int maxKeys) {
    this.chunks = chunks;
    this.directory = new Directory(chunks);
    this.sipHash = sipHash(hash, "counters");
    this.digestHash = sipHash(hash, "content");
    this.maxKeys = maxKeys;
    this.identities = new HashTable(chunks, Directory.IDENTITIES, directory, payload -> {});
  }

  /** A counter's table; what was asked for is counted right after, and one hash does for both. */
  private static final class Counted {
    private final HashTable table;
    private @Nullable String lastValue;
    private long lastHash;

    private Counted(HashTable table) {
      this.table = table;
    }
  }

  private static HashFunction sipHash(KeyedHash hash, String purpose) {
    ByteBuffer key = ByteBuffer.wrap(hash.countingKey(purpose, 16)).order(ByteOrder.LITTLE_ENDIAN);
    return Hashing.sipHash24(key.getLong(), key.getLong());
  }

  /** Turns to a customer; the chunk store must already point at it. */
  public void open(String customer) {
    customerId = customer;
    identities.turn();
    for (Counted counted : counters.values()) {
      counted.table.turn();
      counted.lastValue = null;
    }
    directory.load();
  }

  /** Writes what changed. */
  public void close() {
    directory.store();
  }

  /** Whether a chunk holds identities rather than counters; for measuring. */
  public static boolean holdsIdentities(long chunk) {
    return chunk >>> 32 == Directory.IDENTITIES;
  }

  /** Newest event time seen; {@link Long#MIN_VALUE} when none. */
  public long newestMillis() {
    return directory.newestMillis();
  }

  /** From this event time on nothing of what rests is needed any more. */
  public long forgottenFromMillis() {
    return directory.newestMillis()
        + Math.max(directory.longestRetentionMillis(), IDENTITY_MILLIS)
        + LATENESS_MILLIS;
  }

  /** A remembered message. */
  public record Remembered(long atMillis, boolean sameContent, Outcome outcome) {}

  /** The first message with that id within ten minutes of event time, if any. */
  public @Nullable Remembered find(Submission message) {
    Varints.In record = identities.find(identityHash(message));
    if (record == null) {
      return null;
    }
    long at = TimeLine.newest(record);
    long digest = record.fixed();
    Outcome outcome = Outcome.of((int) record.number());
    if (Math.abs(message.submittedAt().toEpochMilli() - at) >= IDENTITY_MILLIS) {
      return null;
    }
    return new Remembered(at, digest == contentDigest(message), outcome);
  }

  /** Remembers a message and what was answered. */
  public void remember(Submission message, Outcome outcome) {
    long at = message.submittedAt().toEpochMilli();
    directory.sawTime(at);
    Varints.Out out = new Varints.Out(16);
    TimeLine.writeNewest(out, at);
    out.fixed(contentDigest(message)).number(outcome.number());
    identities.put(
        identityHash(message),
        out.bytes(),
        directory.newestMillis() - IDENTITY_MILLIS - LATENESS_MILLIS);
  }

  private long identityHash(Submission message) {
    input.begin(Directory.IDENTITIES).text(customerId).text(message.messageId());
    return input.hash(sipHash);
  }

  private long contentDigest(Submission message) {
    input.begin(message.deliver() ? 1 : 0).text(message.senderId()).text(message.recipient());
    return input.text(message.text()).hash(digestHash);
  }

  @Override
  public Reading ifCounted(
      Counter counter, String value, long atMillis, long windowMillis, Unit unit, int segments) {
    Counted counted = counted(counter);
    HashTable table = counted.table;
    Varints.In record = table.find(hash(counter, counted, value));
    boolean overflow = false;
    if (record == null && isFull(counter, table)) {
      record = table.find(OVERFLOW_HASH);
      overflow = true;
    }
    int weight = unit == Unit.MESSAGE ? 1 : segments;
    return new Reading(
        TimeLine.peak(chunks, record, atMillis, windowMillis, unit, weight), overflow);
  }

  /**
   * Counts a message that passed.
   *
   * @param retentionMillis longest window any rule in force asks this counter for
   */
  public void count(
      Counter counter, String value, long atMillis, int segments, long retentionMillis) {
    directory.sawTime(atMillis);
    directory.setRetention(counter.number(), retentionMillis);
    long horizon = directory.newestMillis() - retentionMillis - LATENESS_MILLIS;
    Counted counted = counted(counter);
    HashTable table = counted.table;
    long hash = hash(counter, counted, value);
    Varints.In record = table.find(hash);
    if (record == null && isFull(counter, table)) {
      hash = OVERFLOW_HASH;
      record = table.find(hash);
    }
    table.put(hash, TimeLine.add(chunks, directory, record, atMillis, segments, horizon), horizon);
  }

  private boolean isFull(Counter counter, HashTable table) {
    int number = counter.number();
    long retentionMillis = directory.retentionMillis(number);
    if (directory.keys(number) < maxKeys) {
      return false;
    }
    long newest = directory.newestMillis();
    long between = Math.max(LEAST_BETWEEN_SWEEPS_MILLIS, retentionMillis / 100);
    if (newest - directory.sweptAt(number) >= between) {
      table.sweep(newest - retentionMillis - LATENESS_MILLIS);
      directory.setSweptAt(number, newest);
    }
    return directory.keys(number) >= maxKeys;
  }

  private Counted counted(Counter counter) {
    return counters.computeIfAbsent(
        counter,
        c ->
            new Counted(
                new HashTable(
                    chunks, c.number(), directory, payload -> TimeLine.release(chunks, payload))));
  }

  private long hash(Counter counter, Counted counted, String value) {
    if (!value.equals(counted.lastValue)) {
      long hash = input.begin(counter.number()).text(customerId).text(value).hash(sipHash);
      counted.lastValue = value;
      counted.lastHash = hash == OVERFLOW_HASH ? 1 : hash;
    }
    return counted.lastHash;
  }
}
