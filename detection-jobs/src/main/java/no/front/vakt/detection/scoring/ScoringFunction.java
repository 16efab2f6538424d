package no.front.vakt.detection.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.UnsealException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.message.ReferenceData;
import no.front.vakt.rules.signal.CustomerMemory;
import no.front.vakt.rules.verdict.Judge;
import no.front.vakt.rules.verdict.Ruling;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The judge's seat in the stream: reads a message, lets the {@link Judge} hear it over the
 * customer's memory, writes what comes of it.
 *
 * <p><b>State</b>, per customer: the chunks of {@link CustomerMemory} (counters for their windows,
 * identities for ten minutes), cleared by an event-time timer {@value #KEPT_IDLE_MILLIS} ms after
 * nothing of it is needed; broadcast: one JSON string a customer with the policy versions that can
 * still judge a message. <b>Late</b>: a message is judged at its own time within {@link
 * CustomerMemory#LATENESS_MILLIS} before and {@value #AHEAD_MILLIS} ms after its log time, else at
 * the nearer end of that span. <b>Twice</b>: answered again from memory. <b>Unreadable</b>: to dead
 * letters, held when its identity can be read.
 */
final class ScoringFunction
    extends KeyedBroadcastProcessFunction<String, RawSubmission, RawPolicy, Outgoing>
    implements CheckpointedFunction {
  /** A stamp further ahead of its log time is judged at its log time (design decision 7). */
  static final long AHEAD_MILLIS = 5_000;

  /** How long an idle customer's memory stays after the last use anything could have for it. */
  static final long KEPT_IDLE_MILLIS = 24 * 3_600_000L;

  /** How long superseded policies stay after the newest judged message. */
  private static final long SUPERSEDED_KEPT_SECONDS = 24 * 3_600L;

  static final MapStateDescriptor<String, String> POLICIES =
      new MapStateDescriptor<>("policies", Types.STRING, Types.STRING);

  private static final MapStateDescriptor<Long, byte[]> MEMORY =
      new MapStateDescriptor<>(
          "memory", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final String JOB = "scoring";

  private final ScoringOptions options;
  private transient MapState<Long, byte[]> chunks;
  private transient CustomerMemory memory;
  private transient PolicyDesk policies;
  private transient Sealing sealing;
  private transient Judge judge;
  private transient Counter deadLetters;
  private transient long newestJudgedMillis;

  ScoringFunction(ScoringOptions options) {
    this.options = options;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    policies = new PolicyDesk(options.inheritsShipped());
    BroadcastState<String, String> held =
        context.getOperatorStateStore().getBroadcastState(POLICIES);
    for (Map.Entry<String, String> versions : held.immutableEntries()) {
      policies.restore(versions.getValue());
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {}

  @Override
  public void open(OpenContext context) {
    KeyRing keys = options.keys().keys();
    sealing = keys.sealing();
    options.reader().open(keys);
    chunks = getRuntimeContext().getMapState(MEMORY);
    memory = new CustomerMemory(new StateChunks(chunks), keys.hashing());
    judge = new Judge(ReferenceData.version());
    deadLetters = getRuntimeContext().getMetricGroup().counter("deadLetters");
    newestJudgedMillis = Long.MIN_VALUE;
    // The gate: whatever stood at the end of the topic is known before the first message.
    for (RawPolicy raw : options.policies().read()) {
      try {
        policies.apply(raw);
      } catch (InvalidRecordException e) {
        // Told when the same record comes by broadcast.
        continue;
      }
    }
  }

  @Override
  public void processElement(RawSubmission raw, ReadOnlyContext context, Collector<Outgoing> out)
      throws Exception {
    Submission message;
    try {
      message = options.reader().read(raw.value);
      if (!message.customerId().equals(raw.key)) {
        throw new InvalidRecordException("customerId", "is not the key of the record");
      }
    } catch (InvalidRecordException | UnsealException e) {
      rejectSubmission(raw, String.valueOf(e.getMessage()), out);
      return;
    }
    try {
      hear(message, raw, context, out);
    } catch (StateChunks.StateFailure | MissingKeyException e) {
      throw e;
    } catch (RuntimeException e) {
      rejectSubmission(raw, "cannot be judged: " + e.getClass().getSimpleName(), out);
    }
  }

  private void hear(
      Submission sent, RawSubmission raw, ReadOnlyContext context, Collector<Outgoing> out) {
    long at = judgedAt(sent.submittedAt().toEpochMilli(), raw.logMillis);
    Submission message = at == sent.submittedAt().toEpochMilli() ? sent : sent.at(at);
    memory.open(raw.key);
    long newestBefore = memory.newestMillis();
    Ruling ruling =
        judge.hear(
            message,
            policies.inForce(raw.key, message.submittedAt()),
            memory,
            Instant.ofEpochMilli(raw.logMillis));
    memory.close();
    newestJudgedMillis = Math.max(newestJudgedMillis, at);
    if (clearingTime(newestBefore) != clearingTime(memory.newestMillis())) {
      context.timerService().registerEventTimeTimer(clearingTime(memory.newestMillis()));
    }
    options.outputs().write(ruling, raw, out::collect);
  }

  /** The time a message is judged at: its own, kept within the span around its log time. */
  static long judgedAt(long submittedMillis, long logMillis) {
    if (submittedMillis > logMillis + AHEAD_MILLIS) {
      return logMillis;
    }
    return Math.max(submittedMillis, logMillis - CustomerMemory.LATENESS_MILLIS);
  }

  // Rounded up to whole days, so that a busy customer sets one timer a day.
  private static long clearingTime(long newestMillis) {
    return newestMillis == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : Math.floorDiv(newestMillis, KEPT_IDLE_MILLIS) * KEPT_IDLE_MILLIS + 2 * KEPT_IDLE_MILLIS;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Outgoing> out) {
    memory.open(context.getCurrentKey());
    long newest = memory.newestMillis();
    if (newest == Long.MIN_VALUE || clearingTime(newest) > timestamp) {
      return;
    }
    if (memory.forgottenFromMillis() > timestamp) {
      context.timerService().registerEventTimeTimer(memory.forgottenFromMillis());
    } else {
      chunks.clear();
    }
  }

  private void rejectSubmission(RawSubmission raw, String reason, Collector<Outgoing> out) {
    MessageIdentity identity = readableIdentity(raw);
    boolean isJson = identity != null;
    out.collect(
        deadLetter(
            Topics.SMS_SUBMITTED,
            raw.partition,
            raw.offset,
            raw.logMillis,
            reason,
            raw.key,
            raw.value));
    if (isJson && identity != null) {
      options
          .outputs()
          .write(
              judge.unreadable(identity, Instant.ofEpochMilli(raw.logMillis)), raw, out::collect);
    }
  }

  private static MessageIdentity readableIdentity(RawSubmission raw) {
    try {
      JsonNode tree = WireJson.mapper().readTree(raw.value);
      String customerId = tree.path("customerId").asText("");
      String messageId = tree.path("messageId").asText("");
      boolean readable =
          !customerId.isBlank()
              && customerId.equals(raw.key)
              && !messageId.isBlank()
              && messageId.length() <= Submission.MAX_ID_LENGTH;
      return readable ? new MessageIdentity(customerId, messageId) : null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void processBroadcastElement(RawPolicy raw, Context context, Collector<Outgoing> out)
      throws Exception {
    try {
      Policy policy = policies.apply(raw).policy();
      BroadcastState<String, String> held = context.getBroadcastState(POLICIES);
      Instant horizon =
          newestJudgedMillis == Long.MIN_VALUE
              ? Instant.MIN
              : Instant.ofEpochMilli(newestJudgedMillis).minusSeconds(SUPERSEDED_KEPT_SECONDS);
      held.put(
          policy.customerId(), PolicyDesk.held(held.get(policy.customerId()), policy, horizon));
      policies.forgetSupersededBefore(policy.customerId(), horizon);
      tell(policy.customerId(), policy, null, raw, out);
    } catch (InvalidRecordException e) {
      String reason = PolicyDesk.reasons(e);
      tell(raw.key, null, reason, raw, out);
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        out.collect(
            deadLetter(
                Topics.VAKT_POLICIES,
                raw.partition,
                raw.offset,
                raw.logMillis,
                reason,
                raw.key,
                raw.value));
      }
    }
  }

  private void tell(
      String customerId, Policy policy, String problem, RawPolicy raw, Collector<Outgoing> out) {
    AppliedPolicy applied =
        new AppliedPolicy(
            JOB,
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            customerId,
            policy == null ? 0 : policy.version(),
            policy == null ? null : policy.effectiveFrom(),
            problem);
    out.collect(
        Outgoing.to(
            Topics.VAKT_APPLIED_POLICIES,
            (JOB + "/" + applied.subtask() + "/" + customerId)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
            WireJson.bytes(applied),
            raw.offset));
  }

  private Outgoing deadLetter(
      Topics topic,
      int partition,
      long offset,
      long logMillis,
      String reason,
      String key,
      byte[] value) {
    deadLetters.inc();
    MessageIdentity place = new MessageIdentity(topic.topicName(), partition + "-" + offset);
    byte[] kept = value.length > Policy.MAX_BYTES ? new byte[0] : value;
    DeadLetter letter =
        new DeadLetter(
            topic.topicName(),
            partition,
            offset,
            Instant.ofEpochMilli(logMillis),
            reason,
            key.isEmpty() ? null : sealing.seal(key, SealedField.DEAD_LETTER, place),
            kept.length == 0 ? null : sealing.seal(kept, SealedField.DEAD_LETTER, place));
    return Outgoing.to(
        Topics.VAKT_DEAD_LETTERS,
        topic.topicName().getBytes(java.nio.charset.StandardCharsets.UTF_8),
        WireJson.bytes(letter),
        offset);
  }
}
