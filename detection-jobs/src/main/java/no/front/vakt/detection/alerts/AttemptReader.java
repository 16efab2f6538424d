package no.front.vakt.detection.alerts;

import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.DeadLetters;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Reads records of {@code vakt.access-attempts}; keeps nothing, opens nothing. */
final class AttemptReader extends ProcessFunction<RawRecord, Attempt> {
  /** Larger than any the door writes: ids, an envelope and a hash. */
  private static final int MOST_BYTES = 8 * 1024;

  private static final int LONGEST_ID = 256;

  private final AlertOptions options;
  private transient DeadLetters deadLetters;

  AttemptReader(AlertOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    KeyRing keys = options.keys().keys();
    deadLetters =
        new DeadLetters(
            keys.sealing(), getRuntimeContext().getMetricGroup().counter("deadLetters"));
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<Attempt> out) {
    Attempt attempt;
    try {
      attempt = read(raw);
    } catch (RuntimeException e) {
      Outgoing letter = deadLetters.of(raw, EpisodeFunction.reason(e));
      context.output(AlertPipeline.BESIDE, letter);
      return;
    }
    out.collect(attempt);
  }

  private static Attempt read(RawRecord raw) {
    Problems problems = new Problems();
    problems.require(raw.value.length <= MOST_BYTES, "", "is larger than " + MOST_BYTES + " bytes");
    problems.throwIfAny();
    AccessAttempt told = WireJson.read(raw.value, AccessAttempt.class);
    problems.require(isId(told.customerId()), "customerId", "is no id");
    problems.require(raw.key.equals(told.customerId()), "customerId", "is not the record's key");
    problems.require(isId(told.attemptId()), "attemptId", "is no id");
    problems.require(told.attemptedAt() != null, "attemptedAt", "is missing");
    problems.require(
        told.originHash() == null || isId(told.originHash()), "originHash", "is no hash");
    problems.throwIfAny();
    Attempt attempt = new Attempt();
    attempt.customerId = told.customerId();
    attempt.attemptId = told.attemptId();
    attempt.atMillis = Math.min(told.attemptedAt().toEpochMilli(), raw.logMillis);
    attempt.originHash = told.originHash() == null ? "" : told.originHash();
    attempt.refusedBecause = told.refusedBecause();
    attempt.passwordWasRight = told.passwordWasRight();
    attempt.json = WireJson.text(told);
    return attempt;
  }

  private static boolean isId(String id) {
    return id != null
        && !id.isBlank()
        && id.length() <= LONGEST_ID
        && id.chars().noneMatch(Character::isISOControl);
  }
}
