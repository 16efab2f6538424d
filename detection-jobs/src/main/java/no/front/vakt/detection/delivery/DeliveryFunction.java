package no.front.vakt.detection.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Msisdn;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.UnsealException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.DeadLetters;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Lets each customer's messages go, stay or end. Hears verdicts and decisions of people, in
 * whatever order they come, and policies by broadcast.
 *
 * <p><b>State</b>, per customer: {@link RememberedIds} for 24 h of log time and up to 7 h more
 * until their event-time timer; {@link Parking}: held messages, sealed, until they are sent,
 * rejected or expired, 24 h at most and as long as the line of those released takes; {@link
 * EarlyDecisions} for ten minutes of event time. Broadcast: how long each customer's messages are
 * held. Ends are processing-time timers: people wait by the clock on the wall, and a timer that was
 * due while the job was down fires when it is back. <b>Twice</b>: the second verdict for an
 * identity, and every decision but the first, changes nothing. <b>Late</b>: a message whose end has
 * passed when its verdict is read expires at once, for its time runs from the verdict's log time. A
 * decision for a message that has ended is counted and ignored; one for a message never seen waits
 * for it. <b>Unreadable</b>: a dead letter; also {@code rejected} when it is known of which
 * message.
 */
final class DeliveryFunction
    extends KeyedBroadcastProcessFunction<String, RawRecord, RawRecord, Outgoing> {
  /** How long a one-time code is held at most; design decision 12. */
  static final long CODE_SECONDS = 600;

  static final MapStateDescriptor<String, HeldFor> HOLD_TIMES =
      new MapStateDescriptor<>("hold-times", Types.STRING, TypeInformation.of(HeldFor.class));

  private static final String JOB = "delivery";
  private static final long MILLIS_OF_A_SECOND = 1_000;

  private final DeliveryOptions options;
  private transient RememberedIds ids;
  private transient Parking parking;
  private transient EarlyDecisions early;
  private transient Sealing sealing;
  private transient DeadLetters deadLetters;
  private transient Counter repeats;
  private transient Counter decisionsIgnored;

  DeliveryFunction(DeliveryOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    KeyRing keys = options.keys().keys();
    sealing = keys.sealing();
    ids = new RememberedIds(getRuntimeContext(), keys.hashing());
    parking = new Parking(getRuntimeContext());
    early = new EarlyDecisions(getRuntimeContext());
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    deadLetters = new DeadLetters(sealing, metrics.counter("deadLetters"));
    repeats = metrics.counter("repeats");
    decisionsIgnored = metrics.counter("decisionsIgnored");
  }

  @Override
  public void processElement(RawRecord raw, ReadOnlyContext context, Collector<Outgoing> out)
      throws Exception {
    if (raw.topic == Topics.SMS_RELEASES) {
      decide(raw, context.timerService(), out);
    } else {
      judged(raw, context, out);
    }
  }

  private void judged(RawRecord raw, ReadOnlyContext context, Collector<Outgoing> out)
      throws Exception {
    JudgedMessage judged;
    try {
      judged = DeliveryRecords.judged(raw);
    } catch (InvalidRecordException e) {
      out.collect(deadLetters.of(raw, e.getMessage()));
      return;
    }
    MessageIdentity identity = judged.verdict().identity();
    String messageId = identity.messageId();
    TimerService timers = context.timerService();
    if (parking.find(messageId) != null || !ids.isFirst(messageId, raw.logMillis, timers)) {
      repeats.inc();
      return;
    }
    EarlyDecision decision = early.take(messageId);
    JsonNode submission = DeliveryRecords.submission(judged);
    Parked parked = null;
    try {
      switch (judged.verdict().outcome()) {
        case ALLOW -> send(raw, identity, submission, timers, out);
        case HOLD -> parked = hold(raw, identity, submission, context, out);
        case BLOCK -> {
          // The verdict is its end.
        }
      }
    } catch (InvalidRecordException | UnsealException e) {
      out.collect(deadLetters.of(raw, String.valueOf(e.getMessage())));
      long now = timers.currentProcessingTime();
      end(identity, MessageState.REJECTED, now, Ends.UNREADABLE, raw.offset, out);
    }
    if (decision != null && parked != null) {
      decide(identity, parked, decision.choice, decision.decidedBy, raw.offset, timers, out);
    } else if (decision != null) {
      decisionsIgnored.inc();
    }
  }

  private void send(
      RawRecord raw,
      MessageIdentity identity,
      @Nullable JsonNode submission,
      TimerService timers,
      Collector<Outgoing> out) {
    if (submission == null) {
      throw new InvalidRecordException("submission", "is missing from an allowed message");
    }
    SealedSubmission sealed = DeliveryRecords.sealed(WireJson.bytes(submission), identity);
    if (!sealed.deliver()) {
      return;
    }
    long now = timers.currentProcessingTime();
    long validUntil = validUntil(sealed);
    if (validUntil <= now) {
      end(identity, MessageState.EXPIRED, validUntil, Ends.VALID_UNTIL, raw.offset, out);
      return;
    }
    // Opened for its route only.
    Msisdn to = new Msisdn(sealing.open(sealed.recipient(), SealedField.RECIPIENT, identity));
    out.collect(DeliveryRecords.order(options.operatorOf(to.e164()), now, submission, raw.offset));
    end(identity, MessageState.SENT, now, Ends.VERDICT, raw.offset, out);
  }

  /** Parks a message; null when it is not to be parked, or was over before it could be. */
  private @Nullable Parked hold(
      RawRecord raw,
      MessageIdentity identity,
      @Nullable JsonNode submission,
      ReadOnlyContext context,
      Collector<Outgoing> out)
      throws Exception {
    TimerService timers = context.timerService();
    Parked parked = new Parked();
    boolean isCode = false;
    if (submission != null) {
      parked.submission = WireJson.bytes(submission);
      SealedSubmission sealed = DeliveryRecords.sealed(parked.submission, identity);
      if (!sealed.deliver()) {
        return null;
      }
      parked.validUntil = validUntil(sealed);
      isCode = OneTimeCode.isIn(sealed.open(sealing).text());
    }
    parked.endsAt = endOf(parked, isCode, raw.logMillis, identity.customerId(), context);
    parked.partition = raw.partition;
    parked.offset = raw.offset;
    parked.logMillis = raw.logMillis;
    long now = timers.currentProcessingTime();
    if (parked.endsAt <= now) {
      end(identity, MessageState.EXPIRED, parked.endsAt, parked.endsBy(), raw.offset, out);
      return null;
    }
    if (parking.isFull()) {
      end(identity, MessageState.REJECTED, now, Ends.HOLD_FULL, raw.offset, out);
      return null;
    }
    parking.park(identity.messageId(), parked, timers);
    end(identity, MessageState.PARKED, now, Ends.VERDICT, raw.offset, out);
    return parked;
  }

  /** Decision 12: {@code validUntil}, else the policy, else a day; never longer than its id. */
  private static long endOf(
      Parked parked, boolean isCode, long logMillis, String customerId, ReadOnlyContext context)
      throws Exception {
    long end =
        parked.validUntil == Parked.ALWAYS
            ? logMillis
                + HoldTimes.secondsOf(
                        customerId,
                        Instant.ofEpochMilli(logMillis),
                        context.getBroadcastState(HOLD_TIMES))
                    * MILLIS_OF_A_SECOND
            : Math.min(parked.validUntil, logMillis + RememberedIds.REMEMBERED_MILLIS);
    return isCode ? Math.min(end, logMillis + CODE_SECONDS * MILLIS_OF_A_SECOND) : end;
  }

  private static long validUntil(SealedSubmission sealed) {
    return sealed.validUntil() == null ? Parked.ALWAYS : sealed.validUntil().toEpochMilli();
  }

  private void decide(RawRecord raw, TimerService timers, Collector<Outgoing> out)
      throws Exception {
    HoldDecision decision;
    try {
      decision = DeliveryRecords.decision(raw);
    } catch (InvalidRecordException e) {
      out.collect(deadLetters.of(raw, e.getMessage()));
      return;
    }
    String messageId = decision.messageId();
    Parked parked = parking.find(messageId);
    if (parked != null) {
      MessageIdentity identity = new MessageIdentity(decision.customerId(), messageId);
      decide(identity, parked, decision.decision(), decision.decidedBy(), raw.offset, timers, out);
    } else if (ids.knows(messageId) || !early.keep(decision, raw.logMillis, timers)) {
      decisionsIgnored.inc();
    }
  }

  private void decide(
      MessageIdentity identity,
      Parked parked,
      HoldChoice choice,
      String by,
      long cause,
      TimerService timers,
      Collector<Outgoing> out)
      throws Exception {
    if (parked.releasedBy != null) {
      decisionsIgnored.inc();
    } else if (parked.endsAt <= timers.currentProcessingTime()) {
      // Its end came first; the timer is about to say so.
      decisionsIgnored.inc();
      expire(identity, parked, timers, out);
    } else if (choice == HoldChoice.RELEASE) {
      parking.release(identity.messageId(), parked, by, timers);
      sendNextReleased(identity.customerId(), timers.currentProcessingTime(), timers, out);
    } else {
      parking.remove(identity.messageId(), parked, timers);
      end(identity, MessageState.REJECTED, timers.currentProcessingTime(), by, cause, out);
    }
  }

  private void expire(
      MessageIdentity identity, Parked parked, TimerService timers, Collector<Outgoing> out)
      throws Exception {
    parking.remove(identity.messageId(), parked, timers);
    end(identity, MessageState.EXPIRED, parked.endsAt, parked.endsBy(), parked.offset, out);
  }

  private void sendNextReleased(
      String customerId, long turn, TimerService timers, Collector<Outgoing> out) throws Exception {
    String messageId = parking.nextReleased(turn, options.millisBetweenReleases(), timers);
    if (messageId == null) {
      return;
    }
    Parked parked = parking.find(messageId);
    MessageIdentity identity = new MessageIdentity(customerId, messageId);
    long now = timers.currentProcessingTime();
    parking.leave(messageId);
    if (!parked.isReadable()) {
      end(identity, MessageState.REJECTED, now, Ends.UNREADABLE, parked.offset, out);
    } else if (parked.validUntil <= now) {
      long at = parked.validUntil;
      end(identity, MessageState.EXPIRED, at, Ends.VALID_UNTIL, parked.offset, out);
    } else {
      sendReleased(identity, parked, now, out);
    }
  }

  private void sendReleased(
      MessageIdentity identity, Parked parked, long now, Collector<Outgoing> out)
      throws IOException {
    Submission message;
    try {
      message = DeliveryRecords.sealed(parked.submission, identity).open(sealing);
    } catch (InvalidRecordException | UnsealException e) {
      out.collect(
          deadLetters.of(parked.asRead(identity.customerId()), String.valueOf(e.getMessage())));
      end(identity, MessageState.REJECTED, now, Ends.UNREADABLE, parked.offset, out);
      return;
    }
    if (options.blocklist().lists(message)) {
      end(identity, MessageState.REJECTED, now, Ends.BLOCKLIST, parked.offset, out);
      return;
    }
    String operator = options.operatorOf(message.recipient());
    JsonNode submission = WireJson.mapper().readTree(parked.submission);
    out.collect(DeliveryRecords.order(operator, now, submission, parked.offset));
    end(identity, MessageState.SENT, now, parked.releasedBy, parked.offset, out);
  }

  private static void end(
      MessageIdentity identity,
      MessageState state,
      long at,
      @Nullable String by,
      long cause,
      Collector<Outgoing> out) {
    out.collect(DeliveryRecords.outcome(identity, state, at, by, cause));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Outgoing> out)
      throws Exception {
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      ids.forget(timestamp);
      decisionsIgnored.inc(early.forget(timestamp));
      return;
    }
    String customerId = context.getCurrentKey();
    TimerService timers = context.timerService();
    for (String messageId : parking.endingAt(timestamp)) {
      Parked parked = parking.find(messageId);
      expire(new MessageIdentity(customerId, messageId), parked, timers, out);
    }
    long turn = Math.max(timestamp, timers.currentProcessingTime());
    sendNextReleased(customerId, turn, timers, out);
  }

  @Override
  public void processBroadcastElement(RawRecord raw, Context context, Collector<Outgoing> out)
      throws Exception {
    BroadcastState<String, HeldFor> held = context.getBroadcastState(HOLD_TIMES);
    String problem = null;
    try {
      HeldFor heldFor = HoldTimes.read(raw);
      HeldFor standing = held.get(raw.key);
      if (standing == null || standing.version < heldFor.version) {
        heldFor.follow(standing);
        held.put(raw.key, heldFor);
      }
    } catch (InvalidRecordException e) {
      problem = DeadLetters.bounded(e.getMessage());
      if (subtask() == 0) {
        out.collect(deadLetters.of(raw, problem));
      }
    }
    if (DeliveryRecords.isId(raw.key)) {
      tell(raw, held.get(raw.key), problem, out);
    }
  }

  /** Tells which version now stands, and why a record was refused if it was. */
  private void tell(
      RawRecord raw,
      @Nullable HeldFor standing,
      @Nullable String problem,
      Collector<Outgoing> out) {
    AppliedPolicy applied =
        new AppliedPolicy(
            JOB,
            subtask(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
            raw.key,
            standing == null ? 0 : standing.version,
            standing == null ? null : standing.effectiveFrom,
            problem);
    byte[] key = (JOB + "/" + subtask() + "/" + raw.key).getBytes(StandardCharsets.UTF_8);
    out.collect(
        Outgoing.to(Topics.VAKT_APPLIED_POLICIES, key, WireJson.bytes(applied), raw.offset));
  }

  private int subtask() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }
}
