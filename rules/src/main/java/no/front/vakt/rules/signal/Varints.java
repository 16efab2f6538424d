package no.front.vakt.rules.signal;

import java.util.Arrays;

/** Reads and writes the packed numbers that counters rest as: seven bits a byte, lowest first. */
final class Varints {
  private Varints() {}

  /** A growing array of packed numbers. */
  static final class Out {
    private byte[] bytes;
    private int size;

    Out(int expected) {
      bytes = new byte[Math.max(16, expected)];
    }

    Out number(long value) {
      ensure(10);
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        bytes[size++] = (byte) (rest & 0x7F | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
      return this;
    }

    Out signed(long value) {
      return number(value << 1 ^ value >> 63);
    }

    Out fixed(long value) {
      ensure(8);
      for (int i = 0; i < 8; i++) {
        bytes[size++] = (byte) (value >>> (8 * i));
      }
      return this;
    }

    Out raw(byte[] source, int from, int to) {
      ensure(to - from);
      System.arraycopy(source, from, bytes, size, to - from);
      size += to - from;
      return this;
    }

    int size() {
      return size;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
      if (size + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
      }
    }
  }

  /** A place in an array of packed numbers. */
  static final class In {
    final byte[] bytes;
    int at;

    In(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    long number() {
      long value = 0;
      int shift = 0;
      while (true) {
        byte b = bytes[at++];
        value |= (long) (b & 0x7F) << shift;
        if (b >= 0) {
          return value;
        }
        shift += 7;
      }
    }

    long signed() {
      long value = number();
      return value >>> 1 ^ -(value & 1);
    }

    long fixed() {
      long value = 0;
      for (int i = 0; i < 8; i++) {
        value |= (bytes[at + i] & 0xFFL) << (8 * i);
      }
      at += 8;
      return value;
    }

    boolean hasMore() {
      return at < bytes.length;
    }
  }
}
