package no.front.vakt.detection.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTypesTest {
  @ParameterizedTest
  @ValueSource(classes = {RawSubmission.class, RawRecord.class, Outgoing.class})
  void whatTravelsBetweenOperatorsNeedsNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void theJobForbidsGenericTypes() {
    KafkaConnection nowhere = new KafkaConnection("unused.example:9093", Map.of());
    JobSettings settings = new JobSettings(nowhere, Path.of("unused"), 2, Duration.ofSeconds(10));

    assertThat(ScoringJob.configuration(settings).get(PipelineOptions.GENERIC_TYPES)).isFalse();
  }
}
