package no.front.vakt.detection.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The lines of a replay in order of (submittedAt, line), whatever their number: an external merge
 * sort of where each line stands. Only times and places are written, never a message.
 */
final class TimeOrder implements Closeable {
  /** Lines sorted in memory at a time; one run on disk each. */
  private static final int INDEX_BITS = 18;

  private static final int RUN_LINES = 1 << INDEX_BITS;
  private static final long LONGEST_SPAN_MILLIS = 1L << (63 - INDEX_BITS);

  private final Path directory;
  private final List<Path> runs = new ArrayList<>();
  private final long[] times = new long[RUN_LINES];
  private final long[] offsets = new long[RUN_LINES];
  private final int[] lengths = new int[RUN_LINES];
  private long firstOfRun;
  private int inRun;
  private long newest = Long.MIN_VALUE;
  private boolean sorted = true;

  TimeOrder(Path directory) {
    this.directory = directory;
  }

  /** A line and where it stands. */
  record Place(long millis, long sequence, long offset, int length) {}

  void add(long millis, long offset, int length) throws IOException, ReplayException {
    sorted &= millis >= newest;
    newest = Math.max(newest, millis);
    times[inRun] = millis;
    offsets[inRun] = offset;
    lengths[inRun] = length;
    inRun++;
    if (inRun == RUN_LINES) {
      writeRun();
    }
  }

  /** Whether all lines were already in order, so that they can simply be read. */
  boolean isSorted() {
    return sorted;
  }

  private void writeRun() throws IOException, ReplayException {
    long earliest = Arrays.stream(times, 0, inRun).min().orElse(0);
    long latest = Arrays.stream(times, 0, inRun).max().orElse(0);
    if (latest - earliest >= LONGEST_SPAN_MILLIS) {
      throw new ReplayException("submittedAt spans more than a thousand years");
    }
    long[] keys = new long[inRun];
    for (int i = 0; i < inRun; i++) {
      keys[i] = (times[i] - earliest) << INDEX_BITS | i;
    }
    Arrays.sort(keys);
    Path run = directory.resolve("run-" + runs.size());
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16))) {
      for (long key : keys) {
        int i = (int) (key & RUN_LINES - 1);
        out.writeLong(times[i]);
        out.writeLong(firstOfRun + i);
        out.writeLong(offsets[i]);
        out.writeInt(lengths[i]);
      }
    }
    runs.add(run);
    firstOfRun += inRun;
    inRun = 0;
  }

  /** The places in order; close it when done. */
  Merge merge() throws IOException, ReplayException {
    if (inRun > 0) {
      writeRun();
    }
    return new Merge(runs);
  }

  @Override
  public void close() throws IOException {
    for (Path run : runs) {
      Files.deleteIfExists(run);
    }
  }

  /** Runs merged into one order. */
  static final class Merge implements Closeable {
    private final PriorityQueue<Run> heads =
        new PriorityQueue<>(
            Comparator.comparingLong((Run r) -> r.head.millis)
                .thenComparingLong(r -> r.head.sequence));
    private final List<Run> open = new ArrayList<>();

    private Merge(List<Path> files) throws IOException {
      for (Path file : files) {
        Run run = new Run(file);
        open.add(run);
        if (run.advance()) {
          heads.add(run);
        }
      }
    }

    /** The next place; null at the end. */
    Place next() throws IOException {
      Run run = heads.poll();
      if (run == null) {
        return null;
      }
      Place place = run.head;
      if (run.advance()) {
        heads.add(run);
      }
      return place;
    }

    @Override
    public void close() throws IOException {
      for (Run run : open) {
        run.in.close();
      }
    }
  }

  private static final class Run {
    private final DataInputStream in;
    private Place head = new Place(0, 0, 0, 0);

    private Run(Path file) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    private boolean advance() throws IOException {
      try {
        head = new Place(in.readLong(), in.readLong(), in.readLong(), in.readInt());
        return true;
      } catch (EOFException e) {
        return false;
      }
    }
  }
}
