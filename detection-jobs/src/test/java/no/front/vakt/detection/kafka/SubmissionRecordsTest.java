package no.front.vakt.detection.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.Headers;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionRecordsTest {
  private static RawSubmission read(byte[] key, byte[] value, byte[] replyPartition) {
    RecordHeaders headers = new RecordHeaders();
    if (replyPartition != null) {
      headers.add(new RecordHeader(Headers.REPLY_PARTITION, replyPartition));
    }
    List<RawSubmission> read = new ArrayList<>();
    new SubmissionRecords()
        .deserialize(
            new ConsumerRecord<>(
                "sms.submitted",
                5,
                17L,
                1_234L,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty()),
            new Collector<>() {
              @Override
              public void collect(RawSubmission raw) {
                read.add(raw);
              }

              @Override
              public void close() {}
            });
    assertThat(read).hasSize(1);
    return read.get(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void takesARecordAsItIs() {
    RawSubmission raw = read(bytes("club"), bytes("garbage"), null);

    assertThat(raw.key).isEqualTo("club");
    assertThat(raw.value).isEqualTo(bytes("garbage"));
    assertThat(raw.partition).isEqualTo(5);
    assertThat(raw.offset).isEqualTo(17);
    assertThat(raw.logMillis).isEqualTo(1_234);
    assertThat(raw.replyPartition).isEqualTo(-1);
  }

  @Test
  void missesNoRecordWithoutKeyOrValue() {
    RawSubmission raw = read(null, null, null);

    assertThat(raw.key).isEmpty();
    assertThat(raw.value).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "23,23", "24,-1", "007,7", "-1,-1", "x,-1", "99999,-1", "'',-1", "'1 ',-1"})
  void answersOnlyOnPartitionsThereAre(String header, int partition) {
    assertThat(read(bytes("club"), bytes("{}"), bytes(header)).replyPartition).isEqualTo(partition);
  }
}
