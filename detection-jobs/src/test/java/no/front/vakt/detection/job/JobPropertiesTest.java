package no.front.vakt.detection.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPropertiesTest {
  @TempDir Path home;
  private final Map<String, String> values = new HashMap<>();

  @BeforeEach
  void leastOfAll() throws Exception {
    Files.createDirectory(home.resolve("keys"));
    KeyRing.generate().save(home.resolve("keys"));
    values.put("kafka.bootstrap.servers", "localhost:9192");
    values.put("keys.directory", home.resolve("keys").toString());
    values.put("flink.execution.checkpointing.dir", "file:///tmp/checkpoints");
  }

  @Test
  void takesDefaultsForWhatIsNotSaid() {
    var read = JobProperties.of(values, "delivery.");
    assertThat(read.job().parallelism()).isEqualTo(1);
    assertThat(read.job().checkpointEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read.job().kafka().bootstrapServers()).isEqualTo("localhost:9192");
    assertThat(read.own()).isEmpty();
  }

  @Test
  void handsOnKafkasSettingsAndTheJobsOwn() {
    values.put("kafka.security.protocol", "SSL");
    values.put("delivery.routes", "*=world");
    var read = JobProperties.of(values, "delivery.");
    assertThat(read.job().kafka().properties()).containsEntry("security.protocol", "SSL");
    assertThat(read.own()).containsExactly(Map.entry("routes", "*=world"));
  }

  @Test
  void tellsEveryProblemAtOnce() {
    values.remove("kafka.bootstrap.servers");
    values.remove("flink.execution.checkpointing.dir");
    values.put("keys.directory", home.resolve("nowhere").toString());
    values.put("parallelism", "129");
    values.put("checkpoint.seconds", "soon");
    values.put("paralelism", "2");
    assertThatThrownBy(() -> JobProperties.of(values, "delivery."))
        .isInstanceOfSatisfying(
            InvalidRecordException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.field())
                    .containsExactlyInAnyOrder(
                        "kafka.bootstrap.servers",
                        "flink.execution.checkpointing.dir",
                        "keys.directory",
                        "parallelism",
                        "checkpoint.seconds",
                        "paralelism"));
  }

  @Test
  void endsWithASentenceWhenTheFileIsNotThereOrNotRight() throws Exception {
    List<String> errors = new ArrayList<>();
    assertThat(JobProperties.main(new String[0], "x.", errors::add, read -> {})).isEqualTo(2);
    var missing = home.resolve("missing.properties").toString();
    assertThat(JobProperties.main(new String[] {missing}, "x.", errors::add, read -> {}))
        .isEqualTo(2);
    var file = home.resolve("job.properties");
    Files.writeString(file, "parallelism = 0\n");
    assertThat(JobProperties.main(new String[] {file.toString()}, "x.", errors::add, read -> {}))
        .isEqualTo(2);
    assertThat(errors)
        .anyMatch(e -> e.startsWith("name one"))
        .anyMatch(e -> e.contains("missing.properties"))
        .anyMatch(e -> e.startsWith("parallelism"));
  }
}
