package no.front.vakt.rules.signal;

import com.google.common.hash.HashFunction;
import java.util.Arrays;

/**
 * The bytes a keyed hash is made of, gathered in one array that is used again: hashing them at once
 * costs a fifth of handing them over one by one. Every text is preceded by its length, so that no
 * two inputs run together.
 */
final class HashInput {
  private byte[] bytes = new byte[512];
  private int size;

  /** Starts with a number that tells uses apart. */
  HashInput begin(int use) {
    size = 0;
    number(use);
    return this;
  }

  /** Goes on with a text. */
  HashInput text(String text) {
    int length = text.length();
    int needed = size + 4 + 2 * length;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
    number(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      bytes[size++] = (byte) c;
      bytes[size++] = (byte) (c >>> 8);
    }
    return this;
  }

  /** The hash of all of it. */
  long hash(HashFunction function) {
    return function.hashBytes(bytes, 0, size).asLong();
  }

  private void number(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }
}
