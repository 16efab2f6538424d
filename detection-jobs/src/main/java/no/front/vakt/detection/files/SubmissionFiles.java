package no.front.vakt.detection.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.RawSubmission;
import org.jspecify.annotations.Nullable;

/**
 * The submissions of a replay: warm-up and input, every line checked before the first is judged,
 * then handed out in order of (submittedAt, line). Memory does not grow with the files.
 */
final class SubmissionFiles implements Closeable {
  private final List<Path> files = new ArrayList<>();
  private final TimeOrder order;
  private final long warmUpLines;
  private final long lines;
  private TimeOrder.@Nullable Merge merge;
  private @Nullable LineReader sequential;
  private int sequentialFile;
  private final List<FileChannel> channels = new ArrayList<>();
  private long handedOut;

  private SubmissionFiles(@Nullable Path warmUp, Path in, Path directory, ReplayProgress progress)
      throws IOException, ReplayException {
    order = new TimeOrder(directory);
    long bytes = Files.size(in) + (warmUp == null ? 0 : Files.size(warmUp));
    progress.begin(ReplayProgress.Phase.CHECKING, bytes);
    long before = 0;
    if (warmUp != null) {
      warmUpLines = check(warmUp, progress, 0);
      before = Files.size(warmUp);
    } else {
      warmUpLines = 0;
    }
    lines = check(in, progress, before);
  }

  /** Checks both files; throws with file, line, field and reason at the first bad line. */
  static SubmissionFiles check(
      @Nullable Path warmUp, Path in, Path directory, ReplayProgress progress)
      throws IOException, ReplayException {
    return new SubmissionFiles(warmUp, in, directory, progress);
  }

  private long check(Path file, ReplayProgress progress, long before)
      throws IOException, ReplayException {
    files.add(file);
    long count = 0;
    try (LineReader reader = new LineReader(file)) {
      while (reader.next()) {
        if (reader.isBlank()) {
          continue;
        }
        String where = file + " line " + reader.number() + ": ";
        if (reader.isTooLong()) {
          throw new ReplayException(where + "is longer than " + LineReader.LONGEST_LINE + " bytes");
        }
        try {
          Submission submission = WireJson.read(reader.bytes(), Submission.class).normalised();
          order.add(submission.submittedAt(), reader.offset(), reader.length());
        } catch (InvalidRecordException e) {
          throw new ReplayException(where + e.getMessage());
        }
        if ((++count & 0x3FFF) == 0) {
          progress.advance(before + reader.offset());
        }
      }
    }
    return count;
  }

  /** Messages to be judged, the warm-up's included. */
  long total() {
    return warmUpLines + lines;
  }

  /** Messages of the input, each of which gets a verdict. */
  long lines() {
    return lines;
  }

  /** The next message; its offset is its place in the input, negative in the warm-up. */
  RawSubmission next() throws IOException {
    return order.isSorted() ? nextInFile() : nextInOrder();
  }

  private RawSubmission nextInFile() throws IOException {
    while (true) {
      if (sequential == null) {
        sequential = new LineReader(files.get(sequentialFile++));
      }
      if (!sequential.next()) {
        sequential.close();
        sequential = null;
      } else if (!sequential.isBlank()) {
        return raw(sequential.bytes(), handedOut++);
      }
    }
  }

  private RawSubmission nextInOrder() throws IOException {
    if (merge == null) {
      merge = order.merge();
      for (Path file : files) {
        channels.add(FileChannel.open(file, StandardOpenOption.READ));
      }
    }
    TimeOrder.Place place = merge.next();
    boolean isWarmUp = place.sequence() < warmUpLines;
    FileChannel channel = channels.get(isWarmUp ? 0 : files.size() - 1);
    ByteBuffer line = ByteBuffer.allocate(place.length());
    long at = place.offset();
    while (line.hasRemaining()) {
      int read = channel.read(line, at + line.position());
      if (read < 0) {
        throw new IOException("A file became shorter while it was read");
      }
    }
    return raw(line.array(), place.sequence());
  }

  private RawSubmission raw(byte[] line, long sequence) throws IOException {
    RawSubmission raw = new RawSubmission();
    raw.value = line;
    raw.offset = sequence - warmUpLines;
    try (JsonParser parser = WireJson.mapper().createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("customerId")) {
          raw.key = parser.getText();
        } else if (field.equals("submittedAt")) {
          raw.logMillis = WireJson.instant(parser.getText()).toEpochMilli();
        } else {
          parser.skipChildren();
        }
      }
    }
    return raw;
  }

  @Override
  public void close() throws IOException {
    if (merge != null) {
      merge.close();
    }
    if (sequential != null) {
      sequential.close();
    }
    for (FileChannel channel : channels) {
      channel.close();
    }
    order.close();
  }
}
