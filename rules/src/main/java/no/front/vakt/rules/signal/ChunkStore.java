package no.front.vakt.rules.signal;

import org.jspecify.annotations.Nullable;

/**
 * Where one customer's counters rest: numbered chunks of bytes, a few KB each, so that a message
 * touches few bytes whatever the customer's size. The job keeps them as keyed state. Arrays handed
 * over are never changed afterwards, by either side.
 */
public interface ChunkStore {
  /** The chunk of that number, or null. */
  byte @Nullable [] get(long number);

  /** Puts a chunk in place of what was there. */
  void put(long number, byte[] chunk);

  /** Removes a chunk. */
  void remove(long number);
}
