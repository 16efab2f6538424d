package no.front.vakt.detection.alerts;

import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** The picture of AlertJob as code; its ends are arguments, so that it names no broker. */
public final class AlertPipeline {
  /** What an operator writes beside what it hands on: dead letters, alerts to staff. */
  static final OutputTag<Outgoing> BESIDE = new OutputTag<>("beside") {};

  /** The one key of what is decided over all customers. */
  private static final int EVERYBODY = 0;

  private AlertPipeline() {}

  /**
   * Makes alerts.
   *
   * @param verdicts records of {@code sms.verdicts}, in log order within a customer
   * @param attempts records of {@code vakt.access-attempts}
   * @param decisions records of {@code vakt.alert-decisions}
   * @return everything that is to be written
   */
  public static DataStream<Outgoing> define(
      DataStream<RawRecord> verdicts,
      DataStream<RawRecord> attempts,
      DataStream<RawRecord> decisions,
      AlertOptions options) {
    return messages(verdicts, decisions, options).union(access(attempts, options));
  }

  private static DataStream<Outgoing> messages(
      DataStream<RawRecord> verdicts, DataStream<RawRecord> decisions, AlertOptions options) {
    SingleOutputStreamOperator<Raised> raised =
        verdicts
            .keyBy(raw -> raw.key)
            .process(new EpisodeFunction(options))
            .name("follow what each rule says of a customer")
            .uid(Uids.EPISODES);
    return raised
        .keyBy(each -> EVERYBODY)
        .connect(decisions.keyBy(each -> EVERYBODY))
        .process(new BurstFunction(options))
        .name("let mails wait for staff when many customers have one at once")
        .uid(Uids.BURST)
        .setParallelism(1)
        .union(raised.getSideOutput(BESIDE));
  }

  private static DataStream<Outgoing> access(DataStream<RawRecord> attempts, AlertOptions options) {
    SingleOutputStreamOperator<Attempt> read =
        attempts
            .process(new AttemptReader(options))
            .name("read calls to the customer API")
            .uid(Uids.READ_ATTEMPTS);
    SingleOutputStreamOperator<Attempt> marked =
        read.keyBy(Attempt::source)
            .process(new SweepFunction())
            .name("find addresses that try many customers")
            .uid(Uids.SWEEP);
    return marked
        .keyBy(attempt -> attempt.customerId)
        .process(new AccessFunction(options))
        .name("tell of refused calls")
        .uid(Uids.ACCESS)
        .union(read.getSideOutput(BESIDE), marked.getSideOutput(BESIDE));
  }
}
