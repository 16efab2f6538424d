package no.front.vakt.detection.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.jspecify.annotations.Nullable;

/** What policies say of how long a message is held: {@code retention.heldSeconds}. */
final class HoldTimes {
  /** Fewest seconds a policy can say: time enough for somebody to look. */
  static final int FEWEST_SECONDS = Policy.FEWEST_HELD_SECONDS;

  /** Most seconds a policy can say, and what holds when none says anything; decision 12. */
  static final int MOST_SECONDS = Policy.MOST_HELD_SECONDS;

  private static final String FIELD = "retention.heldSeconds";

  private HoldTimes() {}

  /**
   * Reads what a policy says.
   *
   * @throws InvalidRecordException when it is no policy or says what cannot be
   */
  static HeldFor read(RawRecord raw) {
    if (raw.value.length > Policy.MAX_BYTES) {
      throw new InvalidRecordException("", "is larger than " + Policy.MAX_BYTES + " bytes");
    }
    Policy policy = WireJson.read(raw.value, Policy.class);
    if (!policy.customerId().equals(raw.key)) {
      throw new InvalidRecordException("customerId", "is not the key of the record");
    }
    HeldFor heldFor = new HeldFor();
    heldFor.version = policy.version();
    heldFor.effectiveFrom = policy.effectiveFrom();
    heldFor.seconds = policy.removed() ? 0 : seconds(policy.retention());
    return heldFor;
  }

  private static int seconds(@Nullable JsonNode retention) {
    JsonNode seconds = retention == null ? null : retention.get("heldSeconds");
    if (seconds == null || seconds.isNull()) {
      return 0;
    }
    if (!seconds.isInt()
        || seconds.intValue() < FEWEST_SECONDS
        || seconds.intValue() > MOST_SECONDS) {
      throw new InvalidRecordException(
          FIELD, "must be whole seconds from " + FEWEST_SECONDS + " to " + MOST_SECONDS);
    }
    return seconds.intValue();
  }

  /**
   * How long a message of then is held: by the customer's policy, else the default's, else a day.
   */
  static long secondsOf(
      String customerId, Instant at, ReadOnlyBroadcastState<String, HeldFor> policies)
      throws Exception {
    for (String whose : new String[] {customerId, Policy.DEFAULT}) {
      HeldFor heldFor = policies.get(whose);
      if (heldFor != null && heldFor.secondsAt(at) > 0) {
        return heldFor.secondsAt(at);
      }
    }
    return MOST_SECONDS;
  }
}
