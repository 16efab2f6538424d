package no.front.vakt.detection.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Equal log, equal verdict (design decision 5): a run that is restored from a checkpoint, on
 * another number of subtasks, with policies and customers interleaved otherwise, writes the very
 * bytes of the first run.
 */
class EqualLogTest {
  private static final int LENGTH = 400;

  /** Verdict and answer of each message, by its offset. */
  private final Map<Long, String> first = new TreeMap<>();

  @ParameterizedTest
  @MethodSource("seeds")
  void everyVerdictAfterARestoreEqualsTheFirstRuns(long seed) throws Exception {
    Random random = new Random(seed * 31);
    List<Object> log = new RandomLog(seed, LENGTH).records;
    int cut = LENGTH / 4 + random.nextInt(LENGTH / 2);
    int before = 1 + random.nextInt(3);
    int after = 1 + random.nextInt(4);

    OperatorSubtaskState[] checkpoint = run(log, cut, before);
    List<Outgoing> again = replay(log, cut, after, checkpoint, random);

    Map<Long, String> second = byOffset(again);
    assertThat(second.keySet())
        .containsExactlyElementsOf(first.keySet().stream().filter(o -> o >= cut).toList());
    second.forEach((offset, bytes) -> assertThat(bytes).isEqualTo(first.get(offset)));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 24);
  }

  @Test
  void theLogsAreWorthReplaying() throws Exception {
    StringBuilder all = new StringBuilder();
    for (long seed = 1; seed <= 6; seed++) {
      first.clear();
      run(new RandomLog(seed, LENGTH).records, LENGTH, 1);
      all.append(String.join("\n", first.values()));
    }

    assertThat(all)
        .contains("\"outcome\":\"ALLOW\"", "\"outcome\":\"HOLD\"", "\"outcome\":\"BLOCK\"")
        .contains("\"kind\":\"repeat\"", "id-reused", "rule-fault", "url-whitelist")
        .contains("\"policyVersion\":1", "\"policyVersion\":2", "\"defaultVersion\":1");
  }

  @Test
  void aPolicyChangeInTheMiddleJudgesTheSameMessagesAfterARestore() throws Exception {
    List<Object> log = changeInTheMiddle();
    for (int cut : new int[] {0, 5, 10, 11, 15, 20, 21, 22, 40}) {
      first.clear();
      OperatorSubtaskState[] checkpoint = run(log, cut, 1);
      Map<Long, String> second = byOffset(replay(log, cut, 2, checkpoint, new Random(cut)));

      assertThat(first.values().stream().filter(v -> v.contains("\"policyVersion\":1,")).count())
          .isEqualTo(20);
      second.forEach((offset, bytes) -> assertThat(bytes).isEqualTo(first.get(offset)));
    }
  }

  @Test
  void whatOvertookTheBarrierOfACheckpointIsNeitherCountedNorJudgedTwice() throws Exception {
    List<Object> log = changeInTheMiddle();
    int cut = 30;
    int replayedFrom = 15;
    OperatorSubtaskState[] checkpoint = run(log, cut, 1);

    List<Outgoing> again = replay(log, replayedFrom, 1, checkpoint, new Random(1));

    assertThat(again.stream().filter(o -> o.topic == Topics.SMS_VERDICTS))
        .allMatch(o -> o.cause >= cut);
    byOffset(again)
        .forEach(
            (offset, bytes) -> {
              if (offset >= cut) {
                assertThat(bytes).isEqualTo(first.get(offset));
              } else {
                assertThat(bytes).contains("\"kind\":\"repeat\"");
              }
            });
  }

  private static List<Object> changeInTheMiddle() {
    List<Object> log = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      log.add(Traffic.asked(Traffic.message("m-" + i, i * 100L)));
    }
    log.add(10, change());
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i) instanceof RawSubmission raw) {
        raw.offset = i;
      }
    }
    return log;
  }

  private static RawRecord change() {
    return Traffic.policy(
        1, Traffic.from(Traffic.NOON.plusMillis(2_000)) + "," + Traffic.atMost(3, 1, "BLOCK"));
  }

  /** The first run, in log order; gives the checkpoint taken before record {@code cut}. */
  private OperatorSubtaskState[] run(List<Object> log, int cut, int parallelism) throws Exception {
    List<JudgeHarness> judges = new ArrayList<>();
    OperatorSubtaskState[] checkpoint = new OperatorSubtaskState[parallelism];
    try {
      for (int subtask = 0; subtask < parallelism; subtask++) {
        judges.add(JudgeHarness.starting(JudgeHarness.options(), parallelism, subtask));
      }
      for (int i = 0; i <= log.size(); i++) {
        if (i == cut) {
          for (int subtask = 0; subtask < parallelism; subtask++) {
            checkpoint[subtask] = judges.get(subtask).snapshot(1);
          }
        }
        if (i == log.size()) {
          break;
        }
        if (log.get(i) instanceof RawRecord policy) {
          for (JudgeHarness judge : judges) {
            judge.publish(policy);
          }
        } else if (log.get(i) instanceof RawSubmission raw) {
          judges.get(subtaskOf(raw, parallelism)).replay(raw);
          for (JudgeHarness judge : judges) {
            judge.reach(raw.logMillis - 1);
          }
        }
      }
      for (JudgeHarness judge : judges) {
        first.putAll(byOffset(judge.written()));
      }
      return checkpoint;
    } finally {
      judges.forEach(JudgeHarness::close);
    }
  }

  /**
   * The second run: all policies stand on the topic by now, their broadcast comes anywhere between
   * the messages, customers overtake each other, and event time lags behind or does not.
   */
  private static List<Outgoing> replay(
      List<Object> log, int cut, int parallelism, OperatorSubtaskState[] checkpoint, Random random)
      throws Exception {
    RawRecord[] standing =
        log.stream().filter(RawRecord.class::isInstance).toArray(RawRecord[]::new);
    List<Outgoing> written = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      Deque<RawRecord> policies = new ArrayDeque<>();
      Map<String, Deque<RawSubmission>> customers = new LinkedHashMap<>();
      for (Object record : log.subList(cut, log.size())) {
        if (record instanceof RawRecord policy) {
          policies.add(policy);
        } else if (record instanceof RawSubmission raw && subtaskOf(raw, parallelism) == subtask) {
          customers.computeIfAbsent(raw.key, key -> new ArrayDeque<>()).add(raw);
        }
      }
      boolean watermarks = random.nextBoolean();
      try (JudgeHarness judge =
          JudgeHarness.restored(JudgeHarness.options(standing), parallelism, subtask, checkpoint)) {
        List<String> left = new ArrayList<>(customers.keySet());
        while (!left.isEmpty() || !policies.isEmpty()) {
          if (left.isEmpty() || !policies.isEmpty() && random.nextInt(12) == 0) {
            judge.publish(policies.remove());
            continue;
          }
          String customer = left.get(random.nextInt(left.size()));
          judge.replay(customers.get(customer).remove());
          if (customers.get(customer).isEmpty()) {
            left.remove(customer);
          }
          if (watermarks) {
            judge.reach(oldest(customers));
          }
        }
        written.addAll(judge.written());
      }
    }
    return written;
  }

  private static long oldest(Map<String, Deque<RawSubmission>> customers) {
    return customers.values().stream()
        .filter(queue -> !queue.isEmpty())
        .mapToLong(queue -> queue.peek().logMillis - 1)
        .min()
        .orElse(Long.MIN_VALUE);
  }

  private static int subtaskOf(RawSubmission raw, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        raw.key, JudgeHarness.MAX_PARALLELISM, parallelism);
  }

  private static Map<Long, String> byOffset(List<Outgoing> written) {
    Map<Long, String> byOffset = new TreeMap<>();
    for (Outgoing out : written) {
      if (out.topic == Topics.SMS_VERDICTS || out.topic == Topics.SMS_ANSWERS) {
        byOffset.merge(
            out.cause,
            out.topic + " " + new String(out.value, StandardCharsets.UTF_8),
            (one, two) -> one + "\n" + two);
      }
    }
    return byOffset;
  }
}
