package no.front.vakt.detection.kafka;

import java.nio.charset.StandardCharsets;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records of one topic as they are; nothing is refused here. */
final class RawRecords implements KafkaRecordDeserializationSchema<RawRecord> {
  private final Topics topic;

  RawRecords(Topics topic) {
    this.topic = topic;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    out.collect(raw(topic, record));
  }

  static RawRecord raw(Topics topic, ConsumerRecord<byte[], byte[]> record) {
    RawRecord raw =
        RawRecord.of(
            topic,
            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
            record.value() == null ? new byte[0] : record.value());
    raw.partition = record.partition();
    raw.offset = record.offset();
    raw.logMillis = record.timestamp();
    return raw;
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
