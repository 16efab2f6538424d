package no.front.vakt.detection.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.UnsealException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.DeadLetters;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import no.front.vakt.rules.message.ReferenceData;
import no.front.vakt.rules.signal.ChunkStore;
import no.front.vakt.rules.signal.CustomerMemory;
import no.front.vakt.rules.verdict.Judge;
import no.front.vakt.rules.verdict.Ruling;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

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
    extends KeyedBroadcastProcessFunction<String, RawSubmission, RawRecord, Outgoing>
    implements CheckpointedFunction {
  /** A stamp further ahead of its log time is judged at its log time (design decision 7). */
  static final long AHEAD_MILLIS = 5_000;

  /** How long an idle customer's memory stays after the last use anything could have for it. */
  static final long KEPT_IDLE_MILLIS = 24 * 3_600_000L;

  /**
   * How long superseded policies stay after the newest judged message: longer than any message
   * waits on the topic, so that a partition left behind by an outage is judged by its own time.
   */
  static final Duration SUPERSEDED_KEPT = Topics.SMS_SUBMITTED.retention().plusDays(1);

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
  private transient Judge judge;
  private transient DeadLetters deadLetters;
  private transient long newestJudgedMillis;

  ScoringFunction(ScoringOptions options) {
    this.options = options;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    policies = new PolicyDesk(options.inheritsShipped(), options.knowsAllPolicies());
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
    options.reader().open(keys);
    chunks = getRuntimeContext().getMapState(MEMORY);
    memory = new CustomerMemory(new StateChunks(chunks), keys.hashing());
    judge = new Judge(ReferenceData.version());
    deadLetters =
        new DeadLetters(
            keys.sealing(), getRuntimeContext().getMetricGroup().counter("deadLetters"));
    newestJudgedMillis = Long.MIN_VALUE;
    // The gate: whatever stood at the end of the topic is known before the first message.
    for (RawRecord raw : options.policies().read()) {
      try {
        policies.apply(raw);
      } catch (InvalidRecordException e) {
        // On a topic the same record comes by broadcast and is told then; a file has no second
        // time.
        if (options.knowsAllPolicies()) {
          throw e;
        }
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
      rejectSubmission(raw, String.valueOf(e.getMessage()), out::collect);
      return;
    }
    long at = judgedAt(message.submittedAt(), raw.logMillis);
    openMemory(raw.key, at);
    long newestBefore = memory.newestMillis();
    List<Outgoing> written = new ArrayList<>(2);
    try {
      options.outputs().write(hear(message, at, raw), raw, written::add);
    } catch (ChunkStore.Failure e) {
      throw e;
    } catch (RuntimeException e) {
      written.clear();
      rejectSubmission(raw, "cannot be judged: " + e.getClass().getSimpleName(), written::add);
    } finally {
      // Also when a message could not be judged: what was written before must fit together.
      memory.close();
      if (clearingTime(newestBefore) != clearingTime(memory.newestMillis())) {
        context.timerService().registerEventTimeTimer(clearingTime(memory.newestMillis()));
      }
    }
    // Outside of the attempt: a sink that fails, chained to this function, stops the job.
    written.forEach(out::collect);
  }

  // What nothing can need any more is gone at this very message, whether its timer fired or not:
  // timers follow the watermark, which runs differently in every replay of the same log.
  private void openMemory(String customerId, long at) {
    memory.open(customerId);
    if (memory.newestMillis() != Long.MIN_VALUE && at >= memory.forgottenFromMillis()) {
      chunks.clear();
      memory.open(customerId);
    }
  }

  private Ruling hear(Submission sent, long at, RawSubmission raw) {
    Submission message = sent.submittedAt().equals(Instant.ofEpochMilli(at)) ? sent : sent.at(at);
    // A stamp ahead of the log chooses no policy ahead of the log: when the message was logged, a
    // policy from then on may not have been published yet, and in a replay it has.
    Instant logged = Instant.ofEpochMilli(raw.logMillis);
    Instant policyAt = message.submittedAt().isAfter(logged) ? logged : message.submittedAt();
    Ruling ruling = judge.hear(message, policies.inForce(raw.key, policyAt), memory, logged);
    newestJudgedMillis = Math.max(newestJudgedMillis, at);
    return ruling;
  }

  /** The time a message is judged at: its own, kept within the span around its log time. */
  static long judgedAt(Instant submittedAt, long logMillis) {
    Instant logged = Instant.ofEpochMilli(logMillis);
    if (submittedAt.isAfter(logged.plusMillis(AHEAD_MILLIS))) {
      return logMillis;
    }
    long oldest = logMillis - CustomerMemory.LATENESS_MILLIS;
    return submittedAt.isBefore(Instant.ofEpochMilli(oldest)) ? oldest : submittedAt.toEpochMilli();
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
    // A message logged from now on may be judged that much earlier.
    long needless = memory.forgottenFromMillis() + CustomerMemory.LATENESS_MILLIS;
    if (needless > timestamp) {
      context.timerService().registerEventTimeTimer(needless);
    } else {
      chunks.clear();
      policies.putAside(context.getCurrentKey());
    }
  }

  /** For how many customers a policy is held put together. */
  int policiesHeld() {
    return policies.held();
  }

  private void rejectSubmission(RawSubmission raw, String reason, Consumer<Outgoing> out) {
    out.accept(deadLetters.of(raw, reason));
    MessageIdentity identity = readableIdentity(raw);
    if (identity != null) {
      options
          .outputs()
          .write(judge.unreadable(identity, Instant.ofEpochMilli(raw.logMillis)), raw, out);
    }
  }

  private static @Nullable MessageIdentity readableIdentity(RawSubmission raw) {
    try {
      JsonNode tree = WireJson.mapper().readTree(raw.value);
      String customerId = tree.path("customerId").textValue();
      String messageId = tree.path("messageId").textValue();
      boolean readable =
          raw.key.equals(customerId)
              && !Policy.DEFAULT.equals(customerId)
              && isId(customerId)
              && isId(messageId);
      return readable ? new MessageIdentity(customerId, messageId) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isId(@Nullable String id) {
    return id != null
        && !id.isBlank()
        && id.length() <= Submission.MAX_ID_LENGTH
        && id.chars().noneMatch(Character::isISOControl);
  }

  @Override
  public void processBroadcastElement(RawRecord raw, Context context, Collector<Outgoing> out)
      throws Exception {
    try {
      Policy policy = policies.apply(raw);
      BroadcastState<String, String> held = context.getBroadcastState(POLICIES);
      Instant horizon =
          newestJudgedMillis == Long.MIN_VALUE
              ? Instant.MIN
              : Instant.ofEpochMilli(newestJudgedMillis).minus(SUPERSEDED_KEPT);
      held.put(
          policy.customerId(), PolicyDesk.held(held.get(policy.customerId()), policy, horizon));
      policies.forgetSupersededBefore(policy.customerId(), horizon);
      tell(null, raw, out);
    } catch (InvalidRecordException e) {
      String reason = DeadLetters.bounded(PolicyDesk.reasons(e));
      tell(reason, raw, out);
      if (subtask() == 0) {
        out.collect(deadLetters.of(raw, reason));
      }
    }
  }

  /** Tells which version now stands, and why a record was refused if it was. */
  private void tell(@Nullable String problem, RawRecord raw, Collector<Outgoing> out) {
    if (!isId(raw.key)) {
      // Nobody's policy: the dead letter says all there is to say.
      return;
    }
    Optional<Policy> standing = policies.newest(raw.key);
    AppliedPolicy applied =
        new AppliedPolicy(
            JOB,
            subtask(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
            raw.key,
            standing.map(Policy::version).orElse(0L),
            standing.map(Policy::effectiveFrom).orElse(null),
            problem);
    byte[] key = (JOB + "/" + subtask() + "/" + raw.key).getBytes(StandardCharsets.UTF_8);
    out.collect(
        Outgoing.to(Topics.VAKT_APPLIED_POLICIES, key, WireJson.bytes(applied), raw.offset));
  }

  private int subtask() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }
}
