package no.front.vakt.detection.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.RawSubmission;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes records of {@code sms.submitted} as they are; nothing is refused here. */
final class SubmissionRecords implements KafkaRecordDeserializationSchema<RawSubmission> {
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawSubmission> out) {
    RawSubmission raw = new RawSubmission();
    raw.key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    raw.value = record.value() == null ? new byte[0] : record.value();
    raw.partition = record.partition();
    raw.offset = record.offset();
    raw.logMillis = record.timestamp();
    raw.replyPartition = replyPartition(record);
    raw.nonce = nonce(record);
    out.collect(raw);
  }

  private static long nonce(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Headers.NONCE);
    byte[] value = header == null ? null : header.value();
    return value == null || value.length != Long.BYTES ? 0 : ByteBuffer.wrap(value).getLong();
  }

  private static int replyPartition(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Headers.REPLY_PARTITION);
    byte[] value = header == null ? null : header.value();
    if (value == null || value.length == 0 || value.length > 4) {
      return -1;
    }
    int partition = 0;
    for (byte digit : value) {
      if (digit < '0' || digit > '9') {
        return -1;
      }
      partition = partition * 10 + (digit - '0');
    }
    return partition < Topics.SMS_ANSWERS.partitions() ? partition : -1;
  }

  @Override
  public TypeInformation<RawSubmission> getProducedType() {
    return TypeInformation.of(RawSubmission.class);
  }
}
