package no.front.vakt.detection.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file line by line as bytes, knowing where each line stands. */
final class LineReader implements Closeable {
  /** No submission is longer: 1,600 characters, each escaped, and its other fields. */
  static final int LONGEST_LINE = 64 * 1024;

  private static final int BUFFER = 1 << 18;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long bufferOffset;
  private byte[] line = new byte[1024];
  private int length;
  private long lineOffset;
  private long lineNumber;

  LineReader(Path file) throws IOException {
    in = Files.newInputStream(file);
  }

  /** Turns to the next line; false at the end. A line too long ends as one of its first bytes. */
  boolean next() throws IOException {
    length = 0;
    lineOffset = bufferOffset + at;
    boolean any = false;
    while (true) {
      if (at == end) {
        bufferOffset += end;
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          lineNumber += any ? 1 : 0;
          return any;
        }
      }
      any = true;
      int newline = at;
      while (newline < end && buffer[newline] != '\n') {
        newline++;
      }
      keep(at, newline);
      at = newline;
      if (newline < end) {
        at++;
        lineNumber++;
        return true;
      }
    }
  }

  private void keep(int from, int to) {
    int kept = Math.min(to - from, LONGEST_LINE + 1 - length);
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, Math.max(line.length * 2, length + kept));
    }
    System.arraycopy(buffer, from, line, length, kept);
    length += kept;
  }

  boolean isTooLong() {
    return length > LONGEST_LINE;
  }

  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] > ' ' || line[i] < 0) {
        return false;
      }
    }
    return true;
  }

  byte[] bytes() {
    return Arrays.copyOf(line, length);
  }

  int length() {
    return length;
  }

  /** Where the line begins in the file. */
  long offset() {
    return lineOffset;
  }

  /** Number of the line, from 1. */
  long number() {
    return lineNumber;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
