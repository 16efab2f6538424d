package no.front.vakt.detection.kafka;

import no.front.vakt.detection.job.Outgoing;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts each record on the topic it names. */
final class OutgoingRecords implements KafkaRecordSerializationSchema<Outgoing> {
  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Outgoing outgoing, KafkaSinkContext context, Long timestamp) {
    Integer partition = outgoing.partition < 0 ? null : outgoing.partition;
    return new ProducerRecord<>(
        outgoing.topic.topicName(), partition, outgoing.key, outgoing.value);
  }
}
