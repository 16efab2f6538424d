package no.front.vakt.rules.signal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads and writes the packed numbers that counters rest as: seven bits a byte, lowest first. */
final class Varints {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Varints() {}

  /** Bytes a number takes. */
  static int size(long value) {
    return 1 + (63 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /** A growing array of packed numbers. */
  static final class Out {
    private byte[] bytes;
    private int size;

    Out(int expected) {
      bytes = new byte[expected];
    }

    Out number(long value) {
      ensure(Varints.size(value));
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
      LONGS.set(bytes, size, value);
      size += Long.BYTES;
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

    /** What was written; nothing may be written afterwards. */
    byte[] bytes() {
      return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
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
      long value = (long) LONGS.get(bytes, at);
      at += Long.BYTES;
      return value;
    }

    boolean hasMore() {
      return at < bytes.length;
    }
  }
}
