package no.front.vakt.rules.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerMemoryTest {
  private static final KeyedHash HASH = KeyRing.generate().hashing();
  private static final Counter ALL = Counter.per(Per.CUSTOMER);
  private static final Counter RECIPIENT = Counter.per(Per.RECIPIENT);
  private static final long NOON = SampleMessages.NOON.toEpochMilli();

  private final MapChunks chunks = new MapChunks();
  private CustomerMemory memory = new CustomerMemory(chunks, HASH);

  private record Counted(long at, int segments) {}

  /** Most in any window of that length that contains {@code at}, by trying every beginning. */
  private static long oracle(List<Counted> counted, long at, long window, Unit unit, int segments) {
    long[] beginnings = new long[counted.size() + 1];
    beginnings[0] = at;
    for (int i = 0; i < counted.size(); i++) {
      beginnings[i + 1] = counted.get(i).at;
    }
    long most = 0;
    for (long begin : beginnings) {
      if (begin <= at && at < begin + window) {
        long sum = 0;
        for (Counted c : counted) {
          if (c.at >= begin && c.at < begin + window) {
            sum += unit == Unit.MESSAGE ? 1 : c.segments;
          }
        }
        most = Math.max(most, sum);
      }
    }
    return most + (unit == Unit.MESSAGE ? 1 : segments);
  }

  @ParameterizedTest
  @CsvSource({
    // seed, messages, mean step ms, lateness ms, window ms
    "1, 400, 100, 0, 1000",
    "2, 400, 100, 3000, 1000",
    "3, 400, 1, 50, 20",
    "4, 1500, 20, 0, 5000",
    "5, 1500, 20, 2000, 5000",
    "6, 1500, 5, 60000, 9000",
    "7, 1500, 0, 0, 1000",
    "8, 1500, 3, 900, 100000",
  })
  void agreesWithCountingByHand(int seed, int messages, int step, int lateness, long window) {
    Random random = new Random(seed);
    List<Counted> counted = new ArrayList<>();
    long now = NOON;
    for (int i = 0; i < messages; i++) {
      now += step == 0 ? random.nextInt(2) : random.nextInt(2 * step);
      long at = now - (lateness == 0 || random.nextInt(4) > 0 ? 0 : random.nextInt(lateness));
      int segments = 1 + random.nextInt(3);
      Unit unit = random.nextBoolean() ? Unit.MESSAGE : Unit.SEGMENT;
      memory.open("c");
      assertThat(memory.ifCounted(ALL, "", at, window, unit, segments).peak())
          .as("message %d of seed %d", i, seed)
          .isEqualTo(oracle(counted, at, window, unit, segments));
      if (random.nextInt(5) > 0) {
        memory.count(ALL, "", at, segments, window);
        counted.add(new Counted(at, segments));
        long horizon = now - window - CustomerMemory.LATENESS_MILLIS;
        counted.removeIf(c -> c.at <= horizon - window);
      }
      memory.close();
      if (i % 97 == 0) {
        memory = new CustomerMemory(chunks, HASH);
      }
    }
  }

  @Test
  void keepsMessagesExactlyOneWindowApartOutOfEachOthersWindow() {
    memory.open("c");
    memory.count(ALL, "", NOON, 1, 10_000);
    assertThat(memory.ifCounted(ALL, "", NOON + 9_999, 10_000, Unit.MESSAGE, 1).peak())
        .isEqualTo(2);
    assertThat(memory.ifCounted(ALL, "", NOON + 10_000, 10_000, Unit.MESSAGE, 1).peak())
        .isEqualTo(1);
    assertThat(memory.ifCounted(ALL, "", NOON - 10_000, 10_000, Unit.MESSAGE, 1).peak())
        .isEqualTo(1);
    assertThat(memory.ifCounted(ALL, "", NOON - 9_999, 10_000, Unit.MESSAGE, 1).peak())
        .isEqualTo(2);
  }

  @Test
  void isExactUpToTenThousandAndNeverCountsLessAboveIt() {
    long window = 3_600_000;
    List<Long> passed = new ArrayList<>();
    Random random = new Random(11);
    long now = NOON;
    for (int i = 0; i < 40_000; i++) {
      now += random.nextInt(300);
      memory.open("c");
      if (i % 100 == 0) {
        long at = now;
        long exact = passed.stream().filter(t -> t > at - window).count() + 1;
        long withYounger = passed.stream().filter(t -> t > at - window - window / 100).count() + 1;
        long read = memory.ifCounted(ALL, "", at, window, Unit.MESSAGE, 1).peak();
        if (exact <= 10_000) {
          assertThat(read).isEqualTo(exact);
        } else {
          assertThat(read).isBetween(exact, withYounger);
        }
      }
      memory.count(ALL, "", now, 1, window);
      passed.add(now);
      memory.close();
    }
    assertThat(chunks.bytes()).as("a counter is bounded").isLessThan(80_000);
  }

  @ParameterizedTest
  @CsvSource({
    // seed, mean step ms, window ms, longest window sharing the counter ms
    "1, 20, 1000, 3600000",
    "2, 20, 60000, 3600000",
    "3, 100, 10000, 86400000",
    "4, 1, 5, 600000",
    "5, 5, 300000, 300000",
  })
  void neverCountsLessForALateMessageOnceALineIsMerged(
      int seed, int step, long window, long longest) {
    Random random = new Random(seed);
    List<Counted> passed = new ArrayList<>();
    long now = NOON;
    memory.open("c");
    for (int i = 0; i < 30_000; i++) {
      now += random.nextInt(8) == 0 ? random.nextInt(15 * step + 1) : random.nextInt(3);
      boolean late = random.nextInt(4) == 0;
      long at = late ? now - random.nextInt((int) CustomerMemory.LATENESS_MILLIS) : now;
      int segments = 1 + random.nextInt(3);
      if (i > TimeLine.EXACT_MOST && i % 20 == 0) {
        Unit unit = random.nextBoolean() ? Unit.MESSAGE : Unit.SEGMENT;
        List<Counted> near = new ArrayList<>();
        for (Counted c : passed) {
          if (Math.abs(c.at - at) < window) {
            near.add(c);
          }
        }
        assertThat(memory.ifCounted(ALL, "", at, window, unit, segments).peak())
            .as("message %d", i)
            .isGreaterThanOrEqualTo(slidingOracle(near, at, window, unit, segments));
      }
      memory.count(ALL, "", at, segments, longest);
      passed.add(new Counted(at, segments));
    }
    memory.close();
  }

  /** The same as {@link #oracle}, in one pass over sorted times. */
  private static long slidingOracle(
      List<Counted> counted, long at, long window, Unit unit, int segments) {
    List<Counted> sorted = new ArrayList<>(counted);
    sorted.add(new Counted(at, segments));
    sorted.sort(Comparator.comparingLong(Counted::at));
    long most = 0;
    long sum = 0;
    int end = 0;
    for (Counted begin : sorted) {
      if (begin.at > at) {
        break;
      }
      while (end < sorted.size() && sorted.get(end).at < begin.at + window) {
        sum += unit == Unit.MESSAGE ? 1 : sorted.get(end).segments;
        end++;
      }
      most = begin.at > at - window ? Math.max(most, sum) : most;
      sum -= unit == Unit.MESSAGE ? 1 : begin.segments;
    }
    return most;
  }

  @Test
  void boundsACounterWhateverPasses() {
    long window = 86_400_000;
    memory.open("c");
    for (int i = 0; i < 300_000; i++) {
      memory.count(ALL, "", NOON + i * 250L, 1, window);
    }
    memory.close();
    assertThat(chunks.bytes()).isLessThan(90_000);
  }

  @Test
  void keepsManyValuesApartInSmallChunks() {
    memory.open("c");
    for (int i = 0; i < 20_000; i++) {
      memory.count(RECIPIENT, "+47" + (99_900_000 + i % 10_000), NOON + i, 1, 600_000);
    }
    for (int i = 0; i < 10_000; i += 37) {
      assertThat(
              memory
                  .ifCounted(
                      RECIPIENT, "+47" + (99_900_000 + i), NOON + 20_000, 600_000, Unit.MESSAGE, 1)
                  .peak())
          .isEqualTo(3);
    }
    memory.close();
    assertThat(chunks.chunks.values()).allSatisfy(c -> assertThat(c.length).isLessThan(9_000));
  }

  @Test
  void sharesOneCountAmongValuesBeyondTheMost() {
    CustomerMemory small = new CustomerMemory(chunks, HASH, 100);
    small.open("c");
    for (int i = 0; i < 100; i++) {
      small.count(RECIPIENT, "r" + i, NOON, 1, 600_000);
    }
    assertThat(small.ifCounted(RECIPIENT, "r5", NOON + 1, 600_000, Unit.MESSAGE, 1))
        .isEqualTo(new Signals.Reading(2, false));
    assertThat(small.ifCounted(RECIPIENT, "new", NOON + 1, 600_000, Unit.MESSAGE, 1))
        .isEqualTo(new Signals.Reading(1, true));
    small.count(RECIPIENT, "new", NOON + 1, 1, 600_000);
    assertThat(small.ifCounted(RECIPIENT, "newer", NOON + 2, 600_000, Unit.MESSAGE, 1))
        .isEqualTo(new Signals.Reading(2, true));
    long later = NOON + 700_000;
    small.count(ALL, "", later, 1, 600_000);
    assertThat(small.ifCounted(RECIPIENT, "newest", later, 600_000, Unit.MESSAGE, 1))
        .as("room again once the old ones have left the window")
        .isEqualTo(new Signals.Reading(1, false));
    small.close();
  }

  @Test
  void remembersAnIdentityForTenMinutesOfEventTime() {
    Submission message = SampleMessages.message("c", "m", SampleMessages.NOON);
    memory.open("c");
    assertThat(memory.find(message)).isNull();
    memory.remember(message, Outcome.HOLD);
    memory.close();
    memory = new CustomerMemory(chunks, HASH);
    memory.open("c");
    assertThat(memory.find(at(message, 599_999)))
        .isEqualTo(new CustomerMemory.Remembered(NOON, true, Outcome.HOLD));
    assertThat(memory.find(at(message, 600_000))).isNull();
    assertThat(memory.find(SampleMessages.saying(message, "annet")))
        .isEqualTo(new CustomerMemory.Remembered(NOON, false, Outcome.HOLD));
  }

  @Test
  void leavesNothingReadableBehind() {
    Submission message = SampleMessages.message("c", "m-canary", SampleMessages.NOON);
    memory.open("c");
    memory.remember(message, Outcome.ALLOW);
    memory.count(RECIPIENT, message.recipient(), NOON, 1, 600_000);
    memory.close();
    StringBuilder all = new StringBuilder();
    chunks.chunks.values().forEach(c -> all.append(new String(c, StandardCharsets.ISO_8859_1)));
    assertThat(all.toString()).doesNotContain("99999901", "canary", "Trening");
  }

  private static Submission at(Submission message, long laterMillis) {
    return SampleMessages.saying(
        SampleMessages.message(
            message.customerId(),
            message.messageId(),
            message.submittedAt().plusMillis(laterMillis)),
        message.text());
  }
}
