package no.front.vakt.detection.delivery;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * One customer's parked messages, by id; when each expires, with a processing-time timer for each
 * such millisecond; and the line of those released that wait for their turn. Every step touches a
 * few entries, however many are parked, and a message that leaves takes its entries and its timer
 * along.
 */
final class Parking {
  /** Most messages parked at once for one customer; design decision 12. */
  static final int MOST_PARKED = 10_000;

  private final MapState<String, Parked> messages;
  private final ValueState<Tally> tallies;

  /** The message at a place among those that end in a millisecond. */
  private final MapState<Tuple2<Long, Integer>, String> ending;

  /** Of those that end in a millisecond: places given, places still taken. */
  private final MapState<Long, Tuple2<Integer, Integer>> places;

  /** Released messages by the order of the decisions. */
  private final MapState<Long, String> released;

  Parking(RuntimeContext context) {
    messages =
        context.getMapState(
            new MapStateDescriptor<>("parked", Types.STRING, TypeInformation.of(Parked.class)));
    tallies =
        context.getState(new ValueStateDescriptor<>("tally", TypeInformation.of(Tally.class)));
    ending =
        context.getMapState(
            new MapStateDescriptor<>("ending", Types.TUPLE(Types.LONG, Types.INT), Types.STRING));
    places =
        context.getMapState(
            new MapStateDescriptor<>(
                "ending-places", Types.LONG, Types.TUPLE(Types.INT, Types.INT)));
    released = context.getMapState(new MapStateDescriptor<>("released", Types.LONG, Types.STRING));
  }

  @Nullable Parked find(String messageId) throws Exception {
    return messages.get(messageId);
  }

  boolean isFull() throws Exception {
    return tally().parked >= MOST_PARKED;
  }

  /** Parks a message until its end. */
  void park(String messageId, Parked parked, TimerService timers) throws Exception {
    Tuple2<Integer, Integer> taken = places.get(parked.endsAt);
    if (taken == null) {
      taken = Tuple2.of(0, 0);
      timers.registerProcessingTimeTimer(parked.endsAt);
    }
    parked.place = taken.f0;
    ending.put(Tuple2.of(parked.endsAt, parked.place), messageId);
    places.put(parked.endsAt, Tuple2.of(taken.f0 + 1, taken.f1 + 1));
    messages.put(messageId, parked);
    Tally tally = tally();
    tally.parked++;
    tallies.update(tally);
  }

  /** Those that end at a millisecond and were not released before. */
  List<String> endingAt(long millis) throws Exception {
    List<String> due = new ArrayList<>();
    Tuple2<Integer, Integer> taken = places.get(millis);
    for (int place = 0; taken != null && place < taken.f0; place++) {
      String messageId = ending.get(Tuple2.of(millis, place));
      if (messageId != null) {
        due.add(messageId);
      }
    }
    return due;
  }

  /** Puts a message at the end of the line of those released; it does not expire from then on. */
  void release(String messageId, Parked parked, String by, TimerService timers) throws Exception {
    leavePlace(parked, timers);
    parked.releasedBy = by;
    messages.put(messageId, parked);
    Tally tally = tally();
    released.put(tally.nextReleased++, messageId);
    tallies.update(tally);
  }

  /** Takes a message out that nobody released. */
  void remove(String messageId, Parked parked, TimerService timers) throws Exception {
    leavePlace(parked, timers);
    messages.remove(messageId);
    Tally tally = tally();
    tally.parked--;
    keepOrClear(tally, timers.currentProcessingTime());
  }

  /**
   * Takes the first in the line out when it is somebody's turn now, and sets a timer for the turn
   * of the next.
   *
   * @param now the clock's time, or that of the timer that fires when the clock has been set back
   *     behind it: each turn has one timer, and it would be lost
   * @return its id; null when nobody waits or it is nobody's turn yet
   */
  @Nullable String nextReleased(long now, long millisBetween, TimerService timers)
      throws Exception {
    Tally tally = tally();
    if (now < tally.nextTurnAt) {
      // A timer is set for that moment since the last one left.
      return null;
    }
    if (!tally.hasReleased()) {
      keepOrClear(tally, now);
      return null;
    }
    String messageId = released.get(tally.firstReleased);
    released.remove(tally.firstReleased++);
    tally.nextTurnAt = now + millisBetween;
    tallies.update(tally);
    timers.registerProcessingTimeTimer(tally.nextTurnAt);
    return messageId;
  }

  /** Takes the message out whose turn it was. */
  void leave(String messageId) throws Exception {
    messages.remove(messageId);
    Tally tally = tally();
    tally.parked--;
    tallies.update(tally);
  }

  private void leavePlace(Parked parked, TimerService timers) throws Exception {
    ending.remove(Tuple2.of(parked.endsAt, parked.place));
    Tuple2<Integer, Integer> taken = places.get(parked.endsAt);
    if (taken.f1 > 1) {
      places.put(parked.endsAt, Tuple2.of(taken.f0, taken.f1 - 1));
      return;
    }
    places.remove(parked.endsAt);
    // The same moment may be somebody's turn, and there is one timer for both.
    if (parked.endsAt != tally().nextTurnAt) {
      timers.deleteProcessingTimeTimer(parked.endsAt);
    }
  }

  private void keepOrClear(Tally tally, long now) throws Exception {
    if (tally.parked == 0 && !tally.hasReleased() && tally.nextTurnAt <= now) {
      tallies.clear();
    } else {
      tallies.update(tally);
    }
  }

  private Tally tally() throws Exception {
    Tally tally = tallies.value();
    return tally == null ? new Tally() : tally;
  }
}
