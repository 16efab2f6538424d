package no.front.vakt.detection.scoring;

import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The picture of ScoringJob as code; its ends are arguments, so that it names no broker. */
public final class ScoringPipeline {
  private ScoringPipeline() {}

  /**
   * Judges submissions, keyed by customer, with the policies that come by broadcast.
   *
   * @param submissions in log order within a customer, with log time as event time
   * @param policies in log order
   * @return everything that is to be written
   */
  public static DataStream<Outgoing> define(
      DataStream<RawSubmission> submissions,
      DataStream<RawRecord> policies,
      ScoringOptions options) {
    BroadcastStream<RawRecord> everywhere = policies.broadcast(ScoringFunction.POLICIES);
    return submissions
        .keyBy(raw -> raw.key)
        .connect(everywhere)
        .process(new ScoringFunction(options))
        .name("judge each message of a customer in turn")
        .uid(Uids.JUDGE);
  }
}
