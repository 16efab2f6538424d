package no.front.vakt.detection.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.Alert;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** One operator of the alerts without a cluster: hand it records, let its wall clock run. */
final class Seat<I, O> implements AutoCloseable {
  private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;

  private Seat(KeyedProcessFunction<String, I, O> function, KeySelector<I, String> key)
      throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function),
            key,
            Types.STRING,
            JobSettings.MAX_PARALLELISM,
            1,
            0);
    harness.getExecutionConfig().enableObjectReuse();
  }

  static Seat<RawRecord, Raised> episodes(AlertOptions options, OperatorSubtaskState state)
      throws Exception {
    return new Seat<RawRecord, Raised>(new EpisodeFunction(options), raw -> raw.key).opened(state);
  }

  static Seat<Attempt, Attempt> sweep(OperatorSubtaskState state) throws Exception {
    return new Seat<Attempt, Attempt>(new SweepFunction(), Attempt::source).opened(state);
  }

  static Seat<Attempt, Outgoing> access(AlertOptions options, OperatorSubtaskState state)
      throws Exception {
    return new Seat<Attempt, Outgoing>(
            new AccessFunction(options), (Attempt attempt) -> attempt.customerId)
        .opened(state);
  }

  private Seat<I, O> opened(OperatorSubtaskState state) throws Exception {
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return this;
  }

  Seat<I, O> at(Instant wall) throws Exception {
    harness.setProcessingTime(wall.toEpochMilli());
    return this;
  }

  /** Lets the wall clock run in steps of ten minutes, so that no timer fires late. */
  List<O> passTo(Instant wall) throws Exception {
    long now = harness.getProcessingTime();
    List<O> all = new ArrayList<>(taken());
    while (now < wall.toEpochMilli()) {
      now = Math.min(now + Duration.ofMinutes(10).toMillis(), wall.toEpochMilli());
      harness.setProcessingTime(now);
      all.addAll(taken());
    }
    return all;
  }

  List<O> hear(I record) throws Exception {
    harness.processElement(new StreamRecord<>(record, 0));
    return taken();
  }

  List<O> taken() {
    List<O> taken = List.copyOf(harness.extractOutputValues());
    harness.getOutput().clear();
    return taken;
  }

  /** What was written beside what was handed on, since asked last. */
  List<Outgoing> beside() {
    var queue = harness.getSideOutput(AlertPipeline.BESIDE);
    List<Outgoing> all = new ArrayList<>();
    if (queue != null) {
      queue.forEach(record -> all.add(record.getValue()));
      queue.clear();
    }
    return all;
  }

  List<Alert> alertsBeside() {
    return Told.alerts(beside());
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  int stateEntries() {
    AbstractStreamOperator<O> operator = harness.getOperator();
    return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
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
