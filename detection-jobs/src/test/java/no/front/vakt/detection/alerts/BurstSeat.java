package no.front.vakt.detection.alerts;

import static no.front.vakt.detection.scoring.Traffic.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertChoice;
import no.front.vakt.contract.AlertDecision;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The seat over all customers without a cluster. */
final class BurstSeat implements AutoCloseable {
  private final KeyedTwoInputStreamOperatorTestHarness<Integer, Raised, RawRecord, Outgoing>
      harness;

  BurstSeat(AlertOptions options, OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new BurstFunction(options)),
            raised -> 0,
            raw -> 0,
            Types.INT,
            JobSettings.MAX_PARALLELISM,
            1,
            0);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  BurstSeat at(Instant wall) throws Exception {
    harness.setProcessingTime(wall.toEpochMilli());
    return this;
  }

  /** News of a customer's one episode, which began at noon. */
  static Raised news(String customerId, AlertType type, int digests) {
    Episode episode = new Episode();
    episode.startMillis = NOON.toEpochMilli();
    episode.sinceMillis = NOON.toEpochMilli();
    episode.untilMillis = NOON.toEpochMilli();
    episode.messages = 1 + digests;
    episode.held = 1;
    episode.digests = digests;
    return EpisodeNews.of(type, customerId, Told.CEILING, episode, NOON.toEpochMilli());
  }

  List<Alert> first(String customerId) throws Exception {
    return hear(news(customerId, AlertType.FIRST, 0));
  }

  /** First alerts of so many customers, numbered from one. */
  List<Alert> firsts(int from, int to) throws Exception {
    List<Alert> all = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      all.addAll(first("club-" + i));
    }
    return all;
  }

  List<Alert> hear(Raised raised) throws Exception {
    harness.processElement1(new StreamRecord<>(raised, 0));
    return Told.alerts(taken());
  }

  List<Alert> decide(String reference, AlertChoice choice) throws Exception {
    AlertDecision decision = new AlertDecision(reference, choice, "u-1", NOON);
    return Told.alerts(decide(WireJson.bytes(decision)));
  }

  List<Outgoing> decide(byte[] value) throws Exception {
    harness.processElement2(
        new StreamRecord<>(Told.record(Topics.VAKT_ALERT_DECISIONS, "", value, NOON), 0));
    return taken();
  }

  List<Alert> passTo(Instant wall) throws Exception {
    long now = harness.getProcessingTime();
    List<Alert> all = new ArrayList<>();
    while (now < wall.toEpochMilli()) {
      now = Math.min(now + Duration.ofMinutes(10).toMillis(), wall.toEpochMilli());
      harness.setProcessingTime(now);
      all.addAll(Told.alerts(taken()));
    }
    return all;
  }

  private List<Outgoing> taken() {
    List<Outgoing> taken = List.copyOf(harness.extractOutputValues());
    harness.getOutput().clear();
    return taken;
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  int stateEntries() {
    AbstractStreamOperator<Outgoing> operator = harness.getOperator();
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
