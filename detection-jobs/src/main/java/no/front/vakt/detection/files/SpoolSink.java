package no.front.vakt.detection.files;

import java.io.IOException;
import java.nio.file.Path;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.Outgoing;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Takes the verdicts of a replay; those of the warm-up are let go. */
final class SpoolSink implements Sink<Outgoing> {
  private final String directory;

  SpoolSink(Path directory) {
    this.directory = directory.toString();
  }

  @Override
  public SinkWriter<Outgoing> createWriter(WriterInitContext context) throws IOException {
    VerdictSpool.Writer spool =
        new VerdictSpool.Writer(Path.of(directory), context.getTaskInfo().getIndexOfThisSubtask());
    return new SinkWriter<>() {
      @Override
      public void write(Outgoing outgoing, Context element) throws IOException {
        if (outgoing.topic == Topics.SMS_VERDICTS && outgoing.cause >= 0) {
          spool.write(outgoing.cause, outgoing.value);
        }
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() throws IOException {
        spool.close();
      }
    };
  }
}
