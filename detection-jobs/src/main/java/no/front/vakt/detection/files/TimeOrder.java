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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import no.front.vakt.contract.InvalidRecordException;

/**
 * The lines of a replay in order of (submittedAt, line), whatever their number: an external merge
 * sort of where each line stands. Only times and places are written, never a message.
 */
final class TimeOrder implements Closeable {
  /** Lines sorted in memory at a time, as a power of two; one run on disk each. */
  private static final int RUN_BITS = 18;

  /** Any line this near to the first: time and place in the run share one long when sorted. */
  private static final long FURTHEST_MILLIS = 1L << (62 - RUN_BITS);

  private final Path directory;
  private final List<Path> runs = new ArrayList<>();
  private final int indexBits;
  private final long[] times;
  private final long[] offsets;
  private final int[] lengths;
  private long first;
  private long firstOfRun;
  private int inRun;
  private long newest = Long.MIN_VALUE;
  private boolean sorted = true;

  TimeOrder(Path directory) {
    this(directory, RUN_BITS);
  }

  TimeOrder(Path directory, int indexBits) {
    this.directory = directory;
    this.indexBits = indexBits;
    this.times = new long[1 << indexBits];
    this.offsets = new long[1 << indexBits];
    this.lengths = new int[1 << indexBits];
  }

  /** A line and where it stands. */
  record Place(long millis, long sequence, long offset, int length) {}

  /**
   * Notes the next line.
   *
   * @throws InvalidRecordException when it is centuries away from the first
   */
  void add(Instant submittedAt, long offset, int length) throws IOException {
    long millis = millis(submittedAt);
    if (firstOfRun + inRun == 0) {
      first = millis;
    }
    sorted &= millis >= newest;
    newest = Math.max(newest, millis);
    times[inRun] = millis;
    offsets[inRun] = offset;
    lengths[inRun] = length;
    inRun++;
    if (inRun == times.length) {
      writeRun();
    }
  }

  private long millis(Instant submittedAt) {
    long millis = submittedAt.getEpochSecond() * 1_000 + submittedAt.getNano() / 1_000_000;
    boolean isFirst = firstOfRun + inRun == 0;
    if (Math.abs(millis - (isFirst ? 0 : first)) >= FURTHEST_MILLIS) {
      throw new InvalidRecordException(
          "submittedAt",
          isFirst ? "is centuries away" : "is centuries away from that of the first line");
    }
    return millis;
  }

  /** Whether all lines were already in order, so that they can simply be read. */
  boolean isSorted() {
    return sorted;
  }

  private void writeRun() throws IOException {
    long earliest = Arrays.stream(times, 0, inRun).min().orElse(0);
    long[] keys = new long[inRun];
    for (int i = 0; i < inRun; i++) {
      keys[i] = (times[i] - earliest) << indexBits | i;
    }
    Arrays.sort(keys);
    Path run = directory.resolve("run-" + runs.size());
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16))) {
      for (long key : keys) {
        int i = (int) (key & times.length - 1);
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
  Merge merge() throws IOException {
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
