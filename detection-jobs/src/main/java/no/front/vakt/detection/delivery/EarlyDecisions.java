package no.front.vakt.detection.delivery;

import java.util.Iterator;
import java.util.Map;
import no.front.vakt.contract.HoldDecision;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * Decisions of one customer's messages that came before their verdicts: two topics are read in no
 * order, least of all after a crash. Kept until event time, which waits for the verdicts, is
 * {@value #KEPT_MILLIS} ms past the decision; then whatever it was about has been read.
 */
final class EarlyDecisions {
  /** How long a decision waits for its verdict, in event time. */
  static final long KEPT_MILLIS = 600_000;

  /** Most decisions that wait: as many as there can be parked messages. */
  static final int MOST_KEPT = Parking.MOST_PARKED;

  /** Timers are set at whole minutes: one looks at all that wait. */
  private static final long MINUTE_MILLIS = 60_000;

  private final MapState<String, EarlyDecision> waiting;
  private final ValueState<Integer> count;

  EarlyDecisions(RuntimeContext context) {
    waiting =
        context.getMapState(
            new MapStateDescriptor<>(
                "early-decisions", Types.STRING, TypeInformation.of(EarlyDecision.class)));
    count = context.getState(new ValueStateDescriptor<>("early-decisions-count", Types.INT));
  }

  /** Keeps a decision, unless an earlier one waits for the same message or too many wait. */
  boolean keep(HoldDecision decision, long logMillis, TimerService timers) throws Exception {
    int kept = kept();
    if (kept >= MOST_KEPT || waiting.contains(decision.messageId())) {
      return false;
    }
    EarlyDecision early = new EarlyDecision();
    early.choice = decision.decision();
    early.decidedBy = decision.decidedBy();
    early.forgottenAt = logMillis + KEPT_MILLIS;
    waiting.put(decision.messageId(), early);
    count.update(kept + 1);
    timers.registerEventTimeTimer(wholeMinute(early.forgottenAt));
    return true;
  }

  /** Takes out the decision that waits for a message. */
  @Nullable EarlyDecision take(String messageId) throws Exception {
    if (kept() == 0) {
      return null;
    }
    EarlyDecision early = waiting.get(messageId);
    if (early != null) {
      waiting.remove(messageId);
      took(1);
    }
    return early;
  }

  /** Forgets those that have waited long enough; says how many. */
  int forget(long eventMillis) throws Exception {
    if (kept() == 0) {
      return 0;
    }
    int forgotten = 0;
    Iterator<Map.Entry<String, EarlyDecision>> all = waiting.iterator();
    while (all.hasNext()) {
      if (all.next().getValue().forgottenAt <= eventMillis) {
        all.remove();
        forgotten++;
      }
    }
    took(forgotten);
    return forgotten;
  }

  private int kept() throws Exception {
    Integer kept = count.value();
    return kept == null ? 0 : kept;
  }

  private void took(int some) throws Exception {
    int left = kept() - some;
    if (left == 0) {
      count.clear();
    } else {
      count.update(left);
    }
  }

  private static long wholeMinute(long millis) {
    return -Math.floorDiv(-millis, MINUTE_MILLIS) * MINUTE_MILLIS;
  }
}
