package no.front.vakt.detection.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTypesTest {
  @ParameterizedTest
  @ValueSource(classes = {RawSubmission.class, RawPolicy.class, Outgoing.class})
  void whatTravelsBetweenOperatorsNeedsNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void theJobForbidsGenericTypes() {
    ScoringSettings settings = Settings.anywhere();

    assertThat(ScoringJob.configuration(settings).get(PipelineOptions.GENERIC_TYPES)).isFalse();
  }

  private static final class Settings {
    private static ScoringSettings anywhere() {
      return new ScoringSettings(
          new no.front.vakt.detection.kafka.KafkaConnection("localhost:9092", java.util.Map.of()),
          java.nio.file.Path.of("keys"),
          2,
          java.time.Duration.ofSeconds(10));
    }
  }
}
