package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static List<List<String>> rows() throws IOException {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("docs/topics.md"))) {
      place = place.getParent();
    }
    return Files.readAllLines(place.resolve("docs/topics.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList())
        .toList();
  }

  @Test
  void standInTheTableForPeopleAsTheyAre() throws IOException {
    List<List<String>> expected =
        Arrays.stream(Topics.values())
            .map(
                topic ->
                    List.of(
                        "`" + topic.topicName() + "`",
                        "`" + topic.payload().getSimpleName() + "`",
                        topic.key(),
                        String.valueOf(topic.partitions()),
                        topic.isCompacted() ? "compacted" : words(topic.retention())))
            .toList();
    assertThat(rows()).extracting(row -> row.subList(0, 5)).isEqualTo(expected);
  }

  private static String words(Duration retention) {
    return retention.toDays() > 0 ? retention.toDays() + " days" : retention.toHours() + " hour";
  }

  @Test
  void tellForEachWhatIsSealedAndWhoWritesAndReads() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row -> assertThat(row).hasSize(8).allSatisfy(cell -> assertThat(cell).isNotEmpty()));
  }

  @Test
  void stampTheLogsOwnTime() {
    for (Topics topic : Topics.values()) {
      assertThat(topic.settings())
          .containsEntry("message.timestamp.type", "LogAppendTime")
          .containsEntry("cleanup.policy", topic.isCompacted() ? "compact" : "delete");
    }
  }
}
