package no.front.vakt.detection.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import no.front.vakt.contract.KeyedHash;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * The ids of one customer's messages whose verdict was taken, for {@value #REMEMBERED_MILLIS} ms of
 * log time: an outage, however long, forgets none. An id is a keyed hash (64 bits) with its log
 * time and 22 more bits of the hash in one number; two ids alike in 64 bits and not in the others
 * are two messages, so that nothing is lost to a collision that a customer will ever meet.
 *
 * <p>Cleaned by the hour: the hashes of an hour are also listed in small chunks, and one event-time
 * timer an hour removes those it lists. It fires {@value #SLACK_MILLIS} ms late, for the sake of
 * partitions that lag behind the watermark.
 */
final class RememberedIds {
  /** How long an id is remembered; design decision 3. */
  static final long REMEMBERED_MILLIS = 24 * 3_600_000L;

  /** How far a partition may lag behind the others without a repeat of its messages being sent. */
  static final long SLACK_MILLIS = 6 * 3_600_000L;

  private static final long HOUR_MILLIS = 3_600_000L;

  /** Hashes a chunk lists: each message rewrites one. */
  private static final int CHUNK = 32;

  /** Room for chunks of one hour in the number of a chunk. */
  private static final int CHUNK_BITS = 24;

  /** Milliseconds until the year 2109; what is left of a long checks the hash. */
  private static final int TIME_BITS = 42;

  private static final long TIME_MASK = (1L << TIME_BITS) - 1;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private static final MapStateDescriptor<Long, Long> SEEN =
      new MapStateDescriptor<>("seen", Types.LONG, Types.LONG);

  private static final MapStateDescriptor<Long, byte[]> HOURS =
      new MapStateDescriptor<>(
          "seen-by-hour", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final MapState<Long, Long> seen;
  // Chunk 0 of an hour holds how many hashes it lists, the others list them.
  private final MapState<Long, byte[]> hours;
  private final Mac mac;

  RememberedIds(RuntimeContext context, KeyedHash hashing) {
    seen = context.getMapState(SEEN);
    hours = context.getMapState(HOURS);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(hashing.countingKey("delivered-ids", KEY_BYTES), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** Whether a verdict for the id is the first one; from then on it is not. */
  boolean isFirst(String messageId, long logMillis, TimerService timers) throws Exception {
    ByteBuffer hash = hash(messageId);
    long id = hash.getLong();
    long time = Math.max(0, logMillis) & TIME_MASK;
    long entry = hash.getLong() << TIME_BITS | time;
    Long known = seen.get(id);
    if (known != null
        && (known & ~TIME_MASK) == (entry & ~TIME_MASK)
        && time - (known & TIME_MASK) < REMEMBERED_MILLIS) {
      return false;
    }
    seen.put(id, entry);
    list(id, time / HOUR_MILLIS, timers);
    return true;
  }

  /** Whether a verdict for the id was taken and is remembered still. */
  boolean knows(String messageId) throws Exception {
    ByteBuffer hash = hash(messageId);
    Long known = seen.get(hash.getLong());
    return known != null && (known & ~TIME_MASK) == hash.getLong() << TIME_BITS;
  }

  private void list(long id, long hour, TimerService timers) throws Exception {
    byte[] head = hours.get(hour << CHUNK_BITS);
    int count = head == null ? 0 : ByteBuffer.wrap(head).getInt();
    if (head == null) {
      timers.registerEventTimeTimer(
          (hour + 1) * HOUR_MILLIS + REMEMBERED_MILLIS + SLACK_MILLIS - 1);
    }
    long number = chunkNumber(hour, count / CHUNK);
    byte[] chunk = count % CHUNK == 0 ? new byte[0] : hours.get(number);
    hours.put(
        number, ByteBuffer.allocate(chunk.length + Long.BYTES).put(chunk).putLong(id).array());
    hours.put(hour << CHUNK_BITS, ByteBuffer.allocate(Integer.BYTES).putInt(count + 1).array());
  }

  /** Forgets the hour that an event-time timer is set for, if it is set for one. */
  void forget(long timerMillis) throws Exception {
    long end = timerMillis + 1 - REMEMBERED_MILLIS - SLACK_MILLIS;
    long hour = end / HOUR_MILLIS - 1;
    byte[] head = end % HOUR_MILLIS == 0 ? hours.get(hour << CHUNK_BITS) : null;
    if (head == null) {
      return;
    }
    int count = ByteBuffer.wrap(head).getInt();
    for (int chunk = 0; chunk * CHUNK < count; chunk++) {
      ByteBuffer ids = ByteBuffer.wrap(hours.get(chunkNumber(hour, chunk)));
      while (ids.hasRemaining()) {
        long id = ids.getLong();
        Long entry = seen.get(id);
        // One that came again after its day is listed in that later hour too.
        if (entry != null && (entry & TIME_MASK) / HOUR_MILLIS == hour) {
          seen.remove(id);
        }
      }
      hours.remove(chunkNumber(hour, chunk));
    }
    hours.remove(hour << CHUNK_BITS);
  }

  private static long chunkNumber(long hour, int chunk) {
    return (hour << CHUNK_BITS) + 1 + chunk;
  }

  private ByteBuffer hash(String messageId) {
    return ByteBuffer.wrap(mac.doFinal(messageId.getBytes(StandardCharsets.UTF_8)));
  }
}
