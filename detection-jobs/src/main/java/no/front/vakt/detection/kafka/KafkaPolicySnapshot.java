package no.front.vakt.detection.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.detection.job.PolicySnapshot;
import no.front.vakt.detection.job.RawRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code vakt.policies} from its beginning to the end it has at that moment. */
public final class KafkaPolicySnapshot implements PolicySnapshot {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_EMPTY_POLLS = 150;

  private final KafkaConnection connection;

  /** Reads as the given principal. */
  public KafkaPolicySnapshot(KafkaConnection connection) {
    this.connection = connection;
  }

  @Override
  public List<RawRecord> read() {
    Properties properties = connection.properties();
    properties.put("enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return read(consumer);
    }
  }

  static List<RawRecord> read(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.VAKT_POLICIES.topicName()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      // Judging without policies is worse than not judging yet.
      throw new IllegalStateException(Topics.VAKT_POLICIES.topicName() + " does not exist");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<RawRecord> policies = new ArrayList<>();
    int emptyPolls = 0;
    while (isBefore(consumer, ends)) {
      var records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        policies.add(RawRecords.raw(Topics.VAKT_POLICIES, record));
      }
      emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
      if (emptyPolls > MOST_EMPTY_POLLS) {
        throw new TimeoutException(
            Topics.VAKT_POLICIES.topicName() + " could not be read to its end");
      }
    }
    return policies;
  }

  private static boolean isBefore(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }
}
