package no.front.vakt.alerting.inbox;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients as this module needs them, on top of how to connect and authenticate. */
final class LogClients {
  private static final String CLIENT_ID = "alerting";

  private final Map<String, Object> connection;

  LogClients(Map<String, Object> connection) {
    this.connection = connection;
  }

  /** Reads from the beginning, commits nothing by itself. */
  KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(connection);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, CLIENT_ID);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    properties.putAll(more);
    return new KafkaConsumer<>(properties);
  }

  /** Writes at once, acknowledged by all in-sync replicas. */
  KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = new HashMap<>(connection);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, CLIENT_ID);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return new KafkaProducer<>(properties);
  }
}
