package no.front.vakt.controlapi.publishing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.rulebook.StoredVersion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of {@code vakt.policies}: sends in order, reads from beginning to end. One thread.
 */
final class PolicyLog implements AutoCloseable {
  /** Who publishes, in {@link Headers#PUBLISHED_BY}. */
  static final String PUBLISHER = "control-api";

  /**
   * Header of the author of a version, so that a database that was lost knows again whose policies
   * are whose.
   */
  static final String WRITTEN_BY = "written-by";

  /** After this long a record that was not acknowledged is not sent any more. */
  static final Duration DELIVERY = Duration.ofSeconds(2);

  private static final Duration LONGEST_READ = Duration.ofSeconds(60);
  private static final Duration API_TIMEOUT = Duration.ofSeconds(3);
  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.VAKT_POLICIES.topicName(), 0);

  private final Map<String, Object> connection;
  private @Nullable KafkaProducer<String, byte[]> producer;

  PolicyLog(Map<String, Object> connection) {
    this.connection = connection;
  }

  /** Sends one version, once: what it fails with is what became of it. */
  Future<RecordMetadata> send(StoredVersion version) {
    try {
      return producer().send(record(version));
    } catch (KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static ProducerRecord<String, byte[]> record(StoredVersion version) {
    try {
      return record(version.policy(), version.author());
    } catch (RuntimeException e) {
      throw new SerializationException(
          "Version %d of customer %s cannot be written as a record: %s"
              .formatted(version.version(), version.customerId(), e.getClass().getSimpleName()),
          e);
    }
  }

  private static ProducerRecord<String, byte[]> record(Policy policy, String author) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            PARTITION.topic(), PARTITION.partition(), policy.customerId(), WireJson.bytes(policy));
    record.headers().add(Headers.PUBLISHED_BY, PUBLISHER.getBytes(StandardCharsets.UTF_8));
    record.headers().add(WRITTEN_BY, author.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private KafkaProducer<String, byte[]> producer() {
    KafkaProducer<String, byte[]> running = producer;
    if (running == null) {
      Map<String, Object> settings = new HashMap<>(connection);
      settings.put("acks", "all");
      // The publisher tries again by itself: the answer to one attempt says what became of it.
      settings.put("enable.idempotence", "false");
      settings.put("retries", "0");
      settings.put("linger.ms", "0");
      settings.put("delivery.timeout.ms", String.valueOf(DELIVERY.toMillis()));
      settings.put("request.timeout.ms", String.valueOf(DELIVERY.toMillis() - 200));
      settings.put("max.block.ms", String.valueOf(DELIVERY.toMillis()));
      settings.put("reconnect.backoff.max.ms", "500");
      running = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
      producer = running;
    }
    return running;
  }

  /** Connects now, so that the first change does not wait for it; throws when there is no topic. */
  void warmUp() {
    producer().partitionsFor(PARTITION.topic());
  }

  /** Sends nothing more of what was handed in. */
  void giveUp() {
    KafkaProducer<String, byte[]> running = producer;
    producer = null;
    if (running != null) {
      running.close(Duration.ZERO);
    }
  }

  /** Reads the topic to where its end is now. */
  TopicHistory readToTheEnd() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("default.api.timeout.ms", String.valueOf(API_TIMEOUT.toMillis()));
    settings.put("enable.auto.commit", "false");
    TopicHistory history = new TopicHistory();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      long deadline = System.nanoTime() + LONGEST_READ.toNanos();
      while (consumer.position(PARTITION) < end) {
        if (System.nanoTime() > deadline) {
          throw new TimeoutException("The topic of policies could not be read to its end");
        }
        consumer.poll(Duration.ofMillis(200)).forEach(record -> take(record, history));
      }
    }
    return history;
  }

  private static void take(ConsumerRecord<String, byte[]> record, TopicHistory history) {
    if (record.value() == null) {
      return;
    }
    try {
      Policy policy = WireJson.read(record.value(), Policy.class);
      if (policy.customerId().indexOf('\0') >= 0) {
        return;
      }
      String publisher = header(record, Headers.PUBLISHED_BY, "topic");
      String author = header(record, WRITTEN_BY, publisher);
      Instant at = Instant.ofEpochMilli(record.timestamp());
      history.add(new TopicHistory.Entry(policy, publisher, author, at));
    } catch (InvalidRecordException e) {
      // A record that nobody can read stands for no policy; its readers dead-letter it.
      return;
    }
  }

  private static String header(
      ConsumerRecord<String, byte[]> record, String name, String otherwise) {
    Header header = record.headers().lastHeader(name);
    String value = header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    return value.isBlank() || value.indexOf('\0') >= 0 ? otherwise : value;
  }

  @Override
  public void close() {
    giveUp();
  }
}
