package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.Messages.NOON_MILLIS;

import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.scoring.Traffic;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/** One subtask of delivery without a cluster, on RocksDB; its clock stands until it is set. */
final class DeliveryHarness implements AutoCloseable {
  private final KeyedBroadcastOperatorTestHarness<String, RawRecord, RawRecord, Outgoing> harness;
  private final List<Outgoing> written = new ArrayList<>();

  private DeliveryHarness(DeliveryOptions options) throws Exception {
    harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new DeliveryFunction(options), List.of(DeliveryFunction.HOLD_TIMES)),
            raw -> raw.key,
            Types.STRING,
            JobSettings.MAX_PARALLELISM,
            1,
            0);
    harness.getExecutionConfig().enableObjectReuse();
    harness.setStateBackend(backend());
  }

  // As the job is set up, with the least memory a slot may have for it.
  private static StateBackend backend() {
    Configuration configuration = DeliveryJob.configuration(DeliverySettingsTest.JOB);
    configuration.set(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE, DeliveryJob.LEAST_SLOT_MEMORY);
    // Whole checkpoints: a harness has nobody who joins increments together.
    return new EmbeddedRocksDBStateBackend(false)
        .configure(configuration, DeliveryHarness.class.getClassLoader());
  }

  static DeliveryOptions options() {
    return options(BlocklistCheck.nothingListed());
  }

  static DeliveryOptions options(BlocklistCheck blocklist) {
    return new DeliveryOptions(
        Traffic.keys(),
        Routes.parse("+47=op-no,+46=op-se,*=op-world"),
        NumberPortability.nonePorted(),
        blocklist,
        10);
  }

  static DeliveryHarness starting() throws Exception {
    return starting(options());
  }

  static DeliveryHarness starting(DeliveryOptions options) throws Exception {
    DeliveryHarness delivery = new DeliveryHarness(options);
    delivery.harness.setProcessingTime(NOON_MILLIS);
    delivery.harness.open();
    return delivery;
  }

  /** One that goes on from a checkpoint, at some time on the wall. */
  static DeliveryHarness restored(DeliveryOptions options, OperatorSubtaskState state, long now)
      throws Exception {
    DeliveryHarness delivery = new DeliveryHarness(options);
    // A clock that was never set is before all timers; what is due fires when it is set.
    delivery.harness.setup();
    delivery.harness.initializeState(state);
    delivery.harness.open();
    delivery.harness.setProcessingTime(now);
    return delivery;
  }

  /** Hands in a record at the clock's time; gives what was written because of it. */
  List<Outgoing> hand(RawRecord raw) throws Exception {
    taken();
    harness.processElement(raw, raw.logMillis);
    return taken();
  }

  /** Sets the clock to the record's log time and hands it in. */
  List<Outgoing> live(RawRecord raw) throws Exception {
    clock(raw.logMillis);
    return hand(raw);
  }

  List<Outgoing> publish(RawRecord raw) throws Exception {
    taken();
    harness.processBroadcastElement(raw, raw.logMillis);
    return taken();
  }

  /** Lets the clock reach a moment, stopping wherever a timer is set. */
  List<Outgoing> clock(long millis) throws Exception {
    taken();
    if (millis > harness.getProcessingTime()) {
      harness.setProcessingTime(millis);
    }
    return taken();
  }

  /** Sets the clock back, as it can be between two timers that fire in the same moment. */
  void setBack(long millis) {
    try {
      harness.setProcessingTime(millis);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets event time reach a moment. */
  List<Outgoing> reach(long millis) throws Exception {
    taken();
    harness.processBroadcastWatermark(Long.MAX_VALUE - 1);
    harness.processWatermark(millis);
    return taken();
  }

  /** What was written since the last look, timers' output included. */
  List<Outgoing> taken() {
    List<Outgoing> taken = List.copyOf(harness.extractOutputValues());
    harness.getOutput().clear();
    written.addAll(taken);
    return taken;
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  /** Everything written so far. */
  List<Outgoing> written() {
    taken();
    return List.copyOf(written);
  }

  int stateEntries() throws Exception {
    // Writes what is still on its way to RocksDB.
    snapshot();
    AbstractStreamOperator<Outgoing> operator = harness.getOperator();
    return ((TestableKeyedStateBackend<?>) operator.getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  int clockTimers() {
    return harness.numProcessingTimeTimers();
  }

  int eventTimers() {
    return harness.numEventTimeTimers();
  }

  static List<DeliveryOrder> orders(List<Outgoing> out) {
    return read(out, Topics.SMS_DELIVERY, DeliveryOrder.class);
  }

  static List<MessageOutcome> outcomes(List<Outgoing> out) {
    return read(out, Topics.SMS_OUTCOMES, MessageOutcome.class);
  }

  static List<DeadLetter> deadLetters(List<Outgoing> out) {
    return read(out, Topics.VAKT_DEAD_LETTERS, DeadLetter.class);
  }

  static List<AppliedPolicy> applied(List<Outgoing> out) {
    return read(out, Topics.VAKT_APPLIED_POLICIES, AppliedPolicy.class);
  }

  /** The outcomes in short: {@code m-1 sent by verdict}. */
  static List<String> told(List<Outgoing> out) {
    return outcomes(out).stream()
        .map(o -> o.messageId() + " " + o.state().name().toLowerCase() + " by " + o.by())
        .toList();
  }

  /** The messages that were ordered. */
  static List<String> ordered(List<Outgoing> out) {
    return orders(out).stream().map(o -> o.submission().get("messageId").textValue()).toList();
  }

  private static <T> List<T> read(List<Outgoing> out, Topics topic, Class<T> type) {
    return out.stream()
        .filter(outgoing -> outgoing.topic == topic)
        .map(outgoing -> WireJson.read(outgoing.value, type))
        .toList();
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
