package no.front.vakt.rules.signal;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A chunk store in memory, as the job's keyed state is one. */
public final class MapChunks implements ChunkStore {
  /** What rests. */
  public final Map<Long, byte[]> chunks = new HashMap<>();

  /** Which chunks cannot be reached. */
  public LongPredicate unreachable = number -> false;

  @Override
  public byte @Nullable [] get(long number) {
    if (unreachable.test(number)) {
      throw new Failure(new IllegalStateException("unreachable"));
    }
    return chunks.get(number);
  }

  @Override
  public void put(long number, byte[] chunk) {
    chunks.put(number, chunk);
  }

  @Override
  public void remove(long number) {
    chunks.remove(number);
  }

  /** Bytes at rest. */
  public long bytes() {
    return chunks.values().stream().mapToLong(chunk -> chunk.length + 8L).sum();
  }
}
