package no.front.vakt.detection.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import no.front.vakt.detection.job.JobConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertStateTypesTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        Raised.class,
        Attempt.class,
        Episode.class,
        MemoryBook.class,
        RecentFirst.class,
        Burst.class,
        EarlyDecision.class,
        BurstBook.class,
        WaitingMail.class,
        Touched.class,
        SweepBook.class,
        AddressCalls.class,
        ToldCall.class,
        AccessBook.class
      })
  void whatRestsOrTravelsNeedsNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void theJobForbidsGenericTypesAndKeepsItsStateOnDisk() {
    var configuration = AlertJob.configuration(AlertSettingsTest.JOB);

    assertThat(configuration.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(configuration.get(StateBackendOptions.STATE_BACKEND))
        .isEqualTo(JobConfiguration.ROCKSDB);
  }
}
