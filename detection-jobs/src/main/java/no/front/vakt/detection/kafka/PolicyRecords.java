package no.front.vakt.detection.kafka;

import java.nio.charset.StandardCharsets;
import no.front.vakt.detection.scoring.RawPolicy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records of {@code vakt.policies} as they are. */
final class PolicyRecords implements KafkaRecordDeserializationSchema<RawPolicy> {
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawPolicy> out) {
    out.collect(raw(record));
  }

  static RawPolicy raw(ConsumerRecord<byte[], byte[]> record) {
    RawPolicy raw =
        RawPolicy.of(
            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
            record.value() == null ? new byte[0] : record.value());
    raw.partition = record.partition();
    raw.offset = record.offset();
    raw.logMillis = record.timestamp();
    return raw;
  }

  @Override
  public TypeInformation<RawPolicy> getProducedType() {
    return TypeInformation.of(RawPolicy.class);
  }
}
