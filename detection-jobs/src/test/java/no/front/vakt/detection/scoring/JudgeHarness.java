package no.front.vakt.detection.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/** One subtask of the judge without a cluster: hand it records, look at what it wrote and keeps. */
final class JudgeHarness implements AutoCloseable {
  static final int MAX_PARALLELISM = JobSettings.MAX_PARALLELISM;

  private final KeyedBroadcastOperatorTestHarness<String, RawSubmission, RawRecord, Outgoing>
      harness;
  private final List<Outgoing> written = new ArrayList<>();
  private long nextOffset;

  private JudgeHarness(ScoringOptions options, int parallelism, int subtask) throws Exception {
    harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new ScoringFunction(options), List.of(ScoringFunction.POLICIES)),
            raw -> raw.key,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            subtask);
    harness.getExecutionConfig().enableObjectReuse();
  }

  /** What the live judge runs with, these policies standing on the topic when it starts. */
  static ScoringOptions options(RawRecord... standing) {
    List<RawRecord> snapshot = List.copyOf(Arrays.asList(standing));
    return new ScoringOptions(
        Traffic.keys(),
        new SubmissionReader.Sealed(),
        new RulingOutputs.ToTopics(),
        () -> snapshot,
        true,
        false);
  }

  static JudgeHarness starting(RawRecord... standing) throws Exception {
    return starting(options(standing), 1, 0);
  }

  static JudgeHarness starting(ScoringOptions options, int parallelism, int subtask)
      throws Exception {
    JudgeHarness judge = new JudgeHarness(options, parallelism, subtask);
    judge.harness.open();
    return judge;
  }

  /** A subtask that goes on from the states of all subtasks of an earlier run. */
  static JudgeHarness restored(
      ScoringOptions options, int parallelism, int subtask, OperatorSubtaskState... states)
      throws Exception {
    JudgeHarness judge = new JudgeHarness(options, parallelism, subtask);
    OperatorSubtaskState all =
        states.length == 1 ? states[0] : KeyedBroadcastOperatorTestHarness.repackageState(states);
    judge.harness.initializeState(
        KeyedBroadcastOperatorTestHarness.repartitionOperatorState(
            all, MAX_PARALLELISM, states.length, parallelism, subtask));
    judge.harness.open();
    return judge;
  }

  /** Hands in a message at the next offset; gives what was written because of it. */
  List<Outgoing> submit(RawSubmission raw) throws Exception {
    raw.offset = nextOffset++;
    return replay(raw);
  }

  /** Hands in a message at the offset it has. */
  List<Outgoing> replay(RawSubmission raw) throws Exception {
    harness.processElement(raw, raw.logMillis);
    return taken();
  }

  /** Hands in a policy record; gives what was written because of it. */
  List<Outgoing> publish(RawRecord raw) throws Exception {
    harness.processBroadcastElement(raw, raw.logMillis);
    return taken();
  }

  /** Lets event time reach an instant. */
  void reach(long millis) throws Exception {
    harness.processBroadcastWatermark(Long.MAX_VALUE - 1);
    harness.processWatermark(millis);
    harness.getOutput().clear();
  }

  private List<Outgoing> taken() {
    List<Outgoing> taken = List.copyOf(harness.extractOutputValues());
    harness.getOutput().clear();
    written.addAll(taken);
    return taken;
  }

  OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    return harness.snapshot(checkpoint, checkpoint);
  }

  List<Outgoing> written() {
    return written;
  }

  int stateEntries() {
    AbstractStreamOperator<Outgoing> operator = harness.getOperator();
    return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
  }

  /** For how many customers a policy is held put together. */
  int policiesHeld() {
    AbstractUdfStreamOperator<Outgoing, ?> operator =
        (AbstractUdfStreamOperator<Outgoing, ?>) harness.getOperator();
    return ((ScoringFunction) operator.getUserFunction()).policiesHeld();
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  /** The JSON that broadcast state holds of a customer; null when none. */
  String held(String customerId) throws Exception {
    return harness.getBroadcastState(ScoringFunction.POLICIES).get(customerId);
  }

  static List<Verdict> verdicts(List<Outgoing> out) {
    return read(out, Topics.SMS_VERDICTS, JudgedMessage.class).stream()
        .map(JudgedMessage::verdict)
        .toList();
  }

  static List<Answer> answers(List<Outgoing> out) {
    return read(out, Topics.SMS_ANSWERS, Answer.class);
  }

  static List<DeadLetter> deadLetters(List<Outgoing> out) {
    return read(out, Topics.VAKT_DEAD_LETTERS, DeadLetter.class);
  }

  static List<AppliedPolicy> applied(List<Outgoing> out) {
    return read(out, Topics.VAKT_APPLIED_POLICIES, AppliedPolicy.class);
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
