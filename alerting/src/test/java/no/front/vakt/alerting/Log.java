package no.front.vakt.alerting;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The log as the other modules see it. */
final class Log implements AutoCloseable {
  private final Map<String, Object> connection;
  private final KafkaProducer<byte[], byte[]> producer;

  Log(Map<String, Object> connection) {
    this.connection = connection;
    this.producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void write(Topics topic, String key, Object record) throws Exception {
    write(topic, key, WireJson.bytes(record));
  }

  void write(Topics topic, String key, byte[] value) throws Exception {
    producer
        .send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value))
        .get();
  }

  /** Everything on a topic. */
  List<byte[]> read(Topics topic) {
    Map<String, Object> properties = new HashMap<>(connection);
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  /** How many alerts the group has behind it. */
  long committed(String group) throws Exception {
    try (Admin admin = Admin.create(connection)) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }

  /** As if the process had died before it committed anything. */
  void forgetOffsets(String group) throws Exception {
    try (Admin admin = Admin.create(connection)) {
      admin.deleteConsumerGroups(List.of(group)).all().get();
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
