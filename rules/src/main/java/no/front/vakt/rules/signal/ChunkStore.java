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

  /**
   * Chunks cannot be reached. Says nothing about the message or the rule at hand: whoever judges
   * must stop rather than answer.
   */
  final class Failure extends RuntimeException {
    /** A failure with what caused it. */
    public Failure(Exception cause) {
      super(cause);
    }
  }
}
