package no.front.vakt.controlapi;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What stands on the topics, and another hand that writes there. */
public final class PolicyTopicReader {
  private final TestBroker broker;

  /** Reads a broker's topics. */
  public PolicyTopicReader(TestBroker broker) {
    this.broker = broker;
  }

  /** Every policy of a customer on the topic, in the order of the log. */
  public List<Policy> policies(String customerId) {
    return records(Topics.VAKT_POLICIES).stream()
        .filter(record -> record.key().equals(customerId))
        .map(record -> WireJson.read(record.value(), Policy.class))
        .toList();
  }

  /** Their versions. */
  public List<Long> versions(String customerId) {
    return policies(customerId).stream().map(Policy::version).toList();
  }

  /** Every record of a topic as it is now. */
  public List<ConsumerRecord<String, byte[]>> records(Topics topic) {
    Map<String, Object> settings = new HashMap<>(broker.clientProperties());
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Writes a record as another publisher would. */
  public void write(Topics topic, String key, Object value, String publisher) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            broker.clientProperties(), new StringSerializer(), new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(topic.topicName(), key, WireJson.bytes(value));
      record.headers().add(Headers.PUBLISHED_BY, publisher.getBytes(StandardCharsets.UTF_8));
      producer.send(record).get();
    }
  }
}
