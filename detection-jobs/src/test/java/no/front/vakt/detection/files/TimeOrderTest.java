package no.front.vakt.detection.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.SampleMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOrderTest {
  private static final Instant NOON = SampleMessages.NOON;
  private static final int RUN_OF_EIGHT = 3;

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0} lines in runs of eight")
  @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17, 1_000})
  void ordersByTimeThenLineWhateverTheNumberOfRuns(int lines) throws IOException {
    Random random = new Random(lines);
    List<TimeOrder.Place> expected = new ArrayList<>();
    List<TimeOrder.Place> ordered = new ArrayList<>();
    try (TimeOrder order = new TimeOrder(directory, RUN_OF_EIGHT)) {
      for (int line = 0; line < lines; line++) {
        Instant at = NOON.plusMillis(random.nextInt(50) - 25);
        order.add(at, line * 100L, line + 1);
        expected.add(new TimeOrder.Place(at.toEpochMilli(), line, line * 100L, line + 1));
      }
      try (TimeOrder.Merge merge = order.merge()) {
        for (TimeOrder.Place place = merge.next(); place != null; place = merge.next()) {
          ordered.add(place);
        }
      }
    }

    expected.sort(
        Comparator.comparingLong(TimeOrder.Place::millis)
            .thenComparingLong(TimeOrder.Place::sequence));
    assertThat(ordered).isEqualTo(expected);
  }

  @Test
  void keepsInMemoryOneRunAndNoMore() throws IOException {
    try (TimeOrder order = new TimeOrder(directory, RUN_OF_EIGHT)) {
      for (int line = 0; line < 80; line++) {
        order.add(NOON.minusMillis(line), line, 1);
        try (Stream<Path> runs = Files.list(directory)) {
          assertThat(runs.count()).isEqualTo((line + 1) / 8);
        }
      }
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void knowsWhetherTheLinesWereInOrder() throws IOException {
    try (TimeOrder order = new TimeOrder(directory, RUN_OF_EIGHT)) {
      order.add(NOON, 0, 1);
      order.add(NOON, 1, 1);
      order.add(NOON.plusMillis(1), 2, 1);
      assertThat(order.isSorted()).isTrue();
      order.add(NOON, 3, 1);
      assertThat(order.isSorted()).isFalse();
    }
  }

  @Test
  void refusesALineCenturiesFromTheFirst() throws IOException {
    try (TimeOrder order = new TimeOrder(directory)) {
      order.add(NOON, 0, 1);
      order.add(Instant.EPOCH, 1, 1);

      assertThatThrownBy(() -> order.add(Instant.parse("9999-12-31T00:00:00Z"), 2, 1))
          .isInstanceOf(InvalidRecordException.class)
          .hasMessageContaining("submittedAt");
      assertThatThrownBy(() -> order.add(Instant.MAX, 2, 1))
          .isInstanceOf(InvalidRecordException.class);
      assertThatThrownBy(() -> order.add(Instant.MIN, 2, 1))
          .isInstanceOf(InvalidRecordException.class);
    }
  }
}
