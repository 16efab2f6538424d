package no.front.vakt.detection.files;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Verdicts on their way to the output: written in whatever order they are judged, one file a
 * subtask, then put in the order of the input by an index on disk. Memory does not grow with their
 * number.
 */
final class VerdictSpool {
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int SPOOL_BITS = 8;

  /** Read at once when going on from what was read. */
  static final int WINDOW = 1 << 20;

  /** Read at once anywhere else: an input in no order would read a whole window a verdict. */
  static final int GLANCE = 1 << 13;

  private VerdictSpool() {}

  static Path file(Path directory, int subtask) {
    return directory.resolve("verdicts-" + subtask);
  }

  /** One subtask's file. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;

    Writer(Path directory, int subtask) throws IOException {
      out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file(directory, subtask)), 1 << 18));
    }

    void write(long line, byte[] verdict) throws IOException {
      out.writeLong(line);
      out.writeInt(verdict.length);
      out.write(verdict);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Writes all verdicts to {@code out}, one a line, in the order of the input. */
  static void assemble(Path directory, int subtasks, long lines, Path out, ReplayProgress progress)
      throws IOException {
    progress.begin(ReplayProgress.Phase.WRITING, lines);
    Path indexFile = directory.resolve("order");
    List<Window> spools = new ArrayList<>();
    try (RandomAccessFile file = new RandomAccessFile(indexFile.toFile(), "rw");
        BufferedOutputStream verdicts =
            new BufferedOutputStream(Files.newOutputStream(out), 1 << 18)) {
      Index index = new Index(file, lines);
      for (int subtask = 0; subtask < subtasks; subtask++) {
        Path spool = file(directory, subtask);
        Window window = new Window(spool);
        spools.add(window);
        long at = 0;
        while (at < window.size) {
          ByteBuffer header = window.read(at, HEADER);
          index.set(header.getLong(), (at << SPOOL_BITS | subtask) + 1);
          at += HEADER + header.getInt();
        }
      }
      for (long line = 0; line < lines; line++) {
        long place = index.get(line) - 1;
        if (place < 0) {
          throw new IOException("No verdict came for message " + (line + 1) + " of the input");
        }
        Window window = spools.get((int) (place & (1 << SPOOL_BITS) - 1));
        long at = place >>> SPOOL_BITS;
        ByteBuffer header = window.read(at, HEADER);
        header.getLong();
        int length = header.getInt();
        ByteBuffer verdict = window.read(at + HEADER, length);
        verdicts.write(verdict.array(), verdict.arrayOffset() + verdict.position(), length);
        verdicts.write('\n');
        if ((line & 0x3FFF) == 0) {
          progress.advance(line);
        }
      }
    } finally {
      for (Window spool : spools) {
        spool.channel.close();
      }
    }
  }

  /** A long for each line, on disk. */
  private static final class Index {
    private static final int SEGMENT = 1 << 24;
    private final List<LongBuffer> segments = new ArrayList<>();

    private Index(RandomAccessFile file, long lines) throws IOException {
      file.setLength(lines * Long.BYTES);
      for (long from = 0; from < lines; from += SEGMENT) {
        long size = Math.min(SEGMENT, lines - from) * Long.BYTES;
        segments.add(
            file.getChannel()
                .map(FileChannel.MapMode.READ_WRITE, from * Long.BYTES, size)
                .asLongBuffer());
      }
    }

    private void set(long line, long place) {
      segments.get((int) (line / SEGMENT)).put((int) (line % SEGMENT), place);
    }

    private long get(long line) {
      return segments.get((int) (line / SEGMENT)).get((int) (line % SEGMENT));
    }
  }

  /** A file read through a window that moves on when asked for what is outside. */
  static final class Window {
    private final FileChannel channel;
    private final long size;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long from;
    private long bytesRead;

    Window(Path file) throws IOException {
      channel = FileChannel.open(file);
      size = channel.size();
    }

    ByteBuffer read(long at, int length) throws IOException {
      long end = from + window.limit();
      if (at < from || at + length > end) {
        int ahead = at >= from && at <= end ? WINDOW : GLANCE;
        window = ByteBuffer.allocate((int) Math.min(size - at, Math.max(ahead, length)));
        from = at;
        while (window.hasRemaining() && channel.read(window, at + window.position()) >= 0) {
          continue;
        }
        window.flip();
        bytesRead += window.limit();
      }
      ByteBuffer slice = window.duplicate();
      slice.position((int) (at - from)).limit((int) (at - from) + length);
      return slice;
    }

    /** Bytes read from the file so far. */
    long bytesRead() {
      return bytesRead;
    }
  }
}
