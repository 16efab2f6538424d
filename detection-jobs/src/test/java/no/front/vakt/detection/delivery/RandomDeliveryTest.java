package no.front.vakt.detection.delivery;

import static no.front.vakt.detection.delivery.Messages.MINUTE;
import static no.front.vakt.detection.delivery.Messages.NOON_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random verdicts and decisions of two customers, repeats and contradictions among them, against a
 * naive model that knows no state, no pace and no crash: what must become of each message follows
 * from the log alone.
 */
class RandomDeliveryTest {
  private static final int LENGTH = 120;
  private static final long HOLD = 10 * MINUTE;

  /** Longer than the line of released messages can ever be. */
  private static final long WHOLE_LINE = LENGTH * 100;

  /** What the log says of one message, as far as delivery minds. */
  private record Fate(
      Outcome outcome, boolean deliver, long validUntil, long verdictAt, String customerId) {
    long endsAt() {
      return validUntil == Parked.ALWAYS ? verdictAt + HOLD : validUntil;
    }
  }

  private final List<RawRecord> log = new ArrayList<>();
  private final Map<String, Fate> fates = new LinkedHashMap<>();
  private final Map<String, HoldChoice> firstDecisions = new HashMap<>();
  private final Map<String, Long> decidedAt = new HashMap<>();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatBecomesOfEachMessageFollowsFromTheLog(long seed) throws Exception {
    Random random = new Random(seed);
    writeLog(random);
    List<Outgoing> written = new ArrayList<>();

    try (DeliveryHarness delivery = DeliveryHarness.starting()) {
      run(delivery, 0);
      written.addAll(finish(delivery));
    }

    assertThat(ends(written)).isEqualTo(modelled());
    assertThat(orderedIds(written)).as("each once").doesNotHaveDuplicates();
    holds(written);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void crashesAtAnyMomentChangeNoEndAndLoseNone(long seed) throws Exception {
    Random random = new Random(seed * 7919);
    writeLog(random);
    List<Outgoing> written = new ArrayList<>();
    OperatorSubtaskState checkpoint = null;
    int readFrom = 0;
    int handed = 0;
    long now = NOON_MILLIS;
    for (int crash = 0; crash < 4; crash++) {
      try (DeliveryHarness delivery = begin(checkpoint, now)) {
        int checkpointAt = readFrom + random.nextInt(LENGTH / 4);
        int crashAt = checkpointAt + random.nextInt(LENGTH / 6);
        for (int i = readFrom; i < Math.min(crashAt, log.size()); i++) {
          if (i == checkpointAt) {
            checkpoint = delivery.snapshot();
            readFrom = i;
          }
          delivery.live(log.get(i));
          handed = Math.max(handed, i + 1);
        }
        written.addAll(delivery.written());
        now = Math.max(now, log.get(Math.max(0, handed - 1)).logMillis);
        // Back at once, or after everything that is parked has expired.
        now += random.nextInt(6) == 0 ? HOLD + MINUTE : random.nextInt(2_000);
      }
    }
    try (DeliveryHarness delivery = begin(checkpoint, now)) {
      run(delivery, readFrom);
      written.addAll(finish(delivery));
    }

    holds(written);
    Map<String, MessageState> ends = ends(written);
    assertThat(ends.keySet()).isEqualTo(modelled().keySet());
    assertThat(ends).doesNotContainValue(MessageState.PARKED);
  }

  private static DeliveryHarness begin(OperatorSubtaskState checkpoint, long now) throws Exception {
    DeliveryHarness delivery =
        checkpoint == null
            ? DeliveryHarness.starting()
            : DeliveryHarness.restored(DeliveryHarness.options(), checkpoint, now);
    delivery.clock(now);
    for (String customer : List.of("club", "garage")) {
      delivery.publish(Messages.heldFor(customer, 1, (int) (HOLD / 1_000)));
    }
    return delivery;
  }

  private void run(DeliveryHarness delivery, int from) throws Exception {
    if (from == 0) {
      for (String customer : List.of("club", "garage")) {
        delivery.publish(Messages.heldFor(customer, 1, (int) (HOLD / 1_000)));
      }
    }
    for (RawRecord raw : log.subList(from, log.size())) {
      delivery.live(raw);
    }
  }

  private List<Outgoing> finish(DeliveryHarness delivery) throws Exception {
    long last = log.get(log.size() - 1).logMillis;
    // The clock of a harness jumps; a line of released messages takes a turn each.
    for (long at = last; at <= last + WHOLE_LINE; at += 100) {
      delivery.clock(at);
    }
    delivery.clock(last + HOLD + WHOLE_LINE);
    for (int i = 0; i < LENGTH; i++) {
      delivery.clock(last + HOLD + WHOLE_LINE * 2 + i * 100L);
    }
    delivery.reach(last + 3 * Messages.DAY);
    assertThat(delivery.stateEntries()).as("left behind").isZero();
    assertThat(delivery.clockTimers()).isZero();
    return delivery.written();
  }

  private void writeLog(Random random) {
    long now = NOON_MILLIS;
    List<Submission> sent = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      now += random.nextInt(5) == 0 ? random.nextInt(60_000) : 101 + random.nextInt(200);
      int kind = random.nextInt(10);
      if (sent.isEmpty() || kind < 5) {
        Submission message = message(random, i, now);
        sent.add(message);
        log.add(verdict(message, random, now));
      } else if (kind == 5) {
        log.add(verdict(sent.get(random.nextInt(sent.size())), random, now));
      } else {
        log.add(decision(sent.get(random.nextInt(sent.size())), random, now));
      }
    }
  }

  private static Submission message(Random random, int i, long now) {
    String customer = random.nextBoolean() ? "club" : "garage";
    Submission message =
        SampleMessages.message(customer, customer + "-" + i, Instant.ofEpochMilli(now));
    if (random.nextInt(3) == 0) {
      message = Messages.validUntil(message, now - 20_000 + random.nextInt(120_000));
    }
    return random.nextInt(8) == 0 ? Messages.judgedOnly(message) : message;
  }

  private RawRecord verdict(Submission message, Random random, long now) {
    Outcome outcome =
        List.of(Outcome.ALLOW, Outcome.HOLD, Outcome.HOLD, Outcome.BLOCK).get(random.nextInt(4));
    long validUntil =
        message.validUntil() == null ? Parked.ALWAYS : message.validUntil().toEpochMilli();
    fates.putIfAbsent(
        message.messageId(),
        new Fate(outcome, message.deliver(), validUntil, now, message.customerId()));
    return Messages.verdict(message, outcome, now);
  }

  private RawRecord decision(Submission message, Random random, long now) {
    HoldChoice choice = random.nextInt(3) == 0 ? HoldChoice.REJECT : HoldChoice.RELEASE;
    if (firstDecisions.putIfAbsent(message.messageId(), choice) == null) {
      decidedAt.put(message.messageId(), now);
    }
    return Messages.decision(message.customerId(), message.messageId(), choice, "kari", now);
  }

  /**
   * The naive model. Steps of the log are further apart than two releases: nobody waits in line.
   */
  private Map<String, MessageState> modelled() {
    Map<String, MessageState> ends = new TreeMap<>();
    fates.forEach(
        (id, fate) -> {
          if (!fate.deliver || fate.outcome == Outcome.BLOCK) {
            return;
          }
          boolean over = fate.validUntil <= fate.verdictAt;
          boolean decided = decidedAt.containsKey(id) && decidedAt.get(id) < fate.endsAt();
          if (over || fate.outcome == Outcome.HOLD && !decided) {
            ends.put(id, MessageState.EXPIRED);
          } else if (fate.outcome == Outcome.ALLOW) {
            ends.put(id, MessageState.SENT);
          } else {
            boolean released = firstDecisions.get(id) == HoldChoice.RELEASE;
            ends.put(id, released ? MessageState.SENT : MessageState.REJECTED);
          }
        });
    return ends;
  }

  /** The end of each message as readers take it: the first one told. */
  private static Map<String, MessageState> ends(List<Outgoing> written) {
    Map<String, MessageState> ends = new TreeMap<>();
    for (MessageOutcome outcome : DeliveryHarness.outcomes(written)) {
      ends.merge(
          outcome.messageId(),
          outcome.state(),
          (first, next) -> first == MessageState.PARKED ? next : first);
    }
    return ends;
  }

  private static List<String> orderedIds(List<Outgoing> written) {
    return DeliveryHarness.ordered(written);
  }

  /** What must be true of whatever was written, crash or no crash. */
  private void holds(List<Outgoing> written) {
    Set<String> ordered = new TreeSet<>(orderedIds(written));
    ends(written)
        .forEach(
            (id, state) ->
                assertThat(ordered.contains(id))
                    .as(id + " ended as " + state)
                    .isEqualTo(state == MessageState.SENT));
    assertThat(ordered).isSubsetOf(ends(written).keySet());
    for (String id : ordered) {
      Fate fate = fates.get(id);
      assertThat(fate.deliver).as(id).isTrue();
      assertThat(
              fate.outcome == Outcome.ALLOW
                  || fate.outcome == Outcome.HOLD && firstDecisions.get(id) == HoldChoice.RELEASE)
          .as(id)
          .isTrue();
    }
    DeliveryHarness.orders(written)
        .forEach(
            order ->
                assertThat(order.orderedAt().toEpochMilli())
                    .isLessThan(
                        fates.get(order.submission().get("messageId").textValue()).validUntil));
    assertThat(written).noneMatch(out -> out.topic == Topics.VAKT_DEAD_LETTERS);
  }
}
