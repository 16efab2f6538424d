package no.front.vakt.detection.delivery;

import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The picture of DeliveryJob as code; its ends are arguments, so that it names no broker. */
public final class DeliveryPipeline {
  private DeliveryPipeline() {}

  /**
   * Sends, parks and ends messages, keyed by customer.
   *
   * @param verdicts in log order within a customer, with log time as event time
   * @param decisions of parked messages, likewise
   * @param policies in log order
   * @return everything that is to be written
   */
  public static DataStream<Outgoing> define(
      DataStream<RawRecord> verdicts,
      DataStream<RawRecord> decisions,
      DataStream<RawRecord> policies,
      DeliveryOptions options) {
    BroadcastStream<RawRecord> everywhere = policies.broadcast(DeliveryFunction.HOLD_TIMES);
    return verdicts
        .union(decisions)
        .keyBy(raw -> raw.key)
        .connect(everywhere)
        .process(new DeliveryFunction(options))
        .name("send, park and end the messages of a customer")
        .uid(Uids.DELIVERY);
  }
}
