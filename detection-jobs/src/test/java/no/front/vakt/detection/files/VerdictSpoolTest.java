package no.front.vakt.detection.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictSpoolTest {
  @TempDir private Path directory;

  private static String verdict(int line) {
    // Some of them longer than a window into a spool.
    return line + ":" + "v".repeat(line % 500 == 7 ? 1_500_000 : line % 97);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void putsWhatSubtasksWroteInTheOrderOfTheInput(int subtasks) throws IOException {
    int lines = 2_000;
    List<Integer> order = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      order.add(line);
    }
    Collections.shuffle(order, new Random(subtasks));
    List<VerdictSpool.Writer> writers = new ArrayList<>();
    for (int subtask = 0; subtask < subtasks; subtask++) {
      writers.add(new VerdictSpool.Writer(directory, subtask));
    }
    for (int line : order) {
      writers.get(line % subtasks).write(line, verdict(line).getBytes(StandardCharsets.UTF_8));
    }
    for (VerdictSpool.Writer writer : writers) {
      writer.close();
    }
    Path out = directory.resolve("out");

    VerdictSpool.assemble(directory, subtasks, lines, out, new ReplayProgress());

    List<String> expected = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      expected.add(verdict(line));
    }
    assertThat(Files.readAllLines(out)).isEqualTo(expected);
  }

  @Test
  void readsOnceWhatIsInOrderAndLittleOfWhatIsNot() throws IOException {
    int length = 200;
    int size = 20_000 * length;
    Path file = Files.write(directory.resolve("spool"), new byte[size]);
    Random random = new Random(3);
    VerdictSpool.Window sorted = new VerdictSpool.Window(file);
    VerdictSpool.Window shuffled = new VerdictSpool.Window(file);
    for (int at = 0; at < size; at += length) {
      sorted.read(at, length);
    }
    int reads = 2_000;
    for (int i = 0; i < reads; i++) {
      shuffled.read((long) random.nextInt(size / length) * length, length);
    }
    assertThat(sorted.bytesRead()).isLessThan(size + VerdictSpool.WINDOW);
    assertThat(shuffled.bytesRead()).isLessThan(2L * reads * VerdictSpool.GLANCE);
  }

  @Test
  void aMissingVerdictIsAnErrorAndNotAGap() throws IOException {
    try (VerdictSpool.Writer writer = new VerdictSpool.Writer(directory, 0)) {
      writer.write(0, new byte[] {'a'});
      writer.write(2, new byte[] {'c'});
    }

    assertThatThrownBy(
            () ->
                VerdictSpool.assemble(
                    directory, 1, 3, directory.resolve("out"), new ReplayProgress()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("message 2");
  }
}
