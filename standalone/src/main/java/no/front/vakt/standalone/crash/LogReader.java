package no.front.vakt.standalone.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.outside.OwnPlace;
import no.front.vakt.standalone.up.LocalBroker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a household's topics from end to end, from outside its process, with its own hands. */
final class LogReader {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The topics that grow while messages are judged and what follows is done. */
  private static final List<Topics> GROWING =
      List.of(
          Topics.SMS_SUBMITTED,
          Topics.SMS_VERDICTS,
          Topics.SMS_DELIVERY,
          Topics.SMS_OUTCOMES,
          Topics.VAKT_ALERTS);

  private final Map<String, Object> connection;
  private final Sealing sealing;

  LogReader(OwnPlace place) {
    try {
      this.connection =
          Map.copyOf(LocalBroker.connectionOfHousehold(place.keys(), place.brokerPort()));
      this.sealing = KeyRing.load(place.keys().resolve("sealing")).sealing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many records stand on each of the topics that grow. */
  Map<Topics, Long> sizes() {
    Map<Topics, Long> sizes = new HashMap<>();
    try (var consumer = consumer()) {
      for (Topics topic : GROWING) {
        sizes.put(
            topic,
            consumer.endOffsets(partitions(topic)).values().stream().mapToLong(end -> end).sum());
      }
    }
    return sizes;
  }

  /** Everything, as it stands now. */
  Logs read() {
    Set<MessageIdentity> submitted = new LinkedHashSet<>();
    each(Topics.SMS_SUBMITTED, value -> submitted.add(identity(tree(value))));
    List<Logs.Judged> verdicts = new ArrayList<>();
    each(Topics.SMS_VERDICTS, value -> verdicts.add(judged(value)));
    List<Logs.Ordered> delivery = new ArrayList<>();
    each(
        Topics.SMS_DELIVERY,
        value -> {
          JsonNode submission = WireJson.read(value, DeliveryOrder.class).submission();
          delivery.add(new Logs.Ordered(identity(submission), submission.hashCode()));
        });
    return new Logs(
        submitted,
        verdicts,
        delivery,
        all(Topics.SMS_RELEASES, HoldDecision.class),
        all(Topics.SMS_OUTCOMES, MessageOutcome.class),
        all(Topics.VAKT_ALERTS, Alert.class),
        policies());
  }

  /** As the judge takes them: with the log's own time for those that landed late. */
  private List<Policy> policies() {
    List<Policy> policies = new ArrayList<>();
    each(
        Topics.VAKT_POLICIES,
        (value, loggedAt) -> policies.add(WireJson.read(value, Policy.class).asLogged(loggedAt)));
    return policies;
  }

  private <T> List<T> all(Topics topic, Class<T> type) {
    List<T> records = new ArrayList<>();
    each(topic, value -> records.add(WireJson.read(value, type)));
    return records;
  }

  private static JsonNode tree(byte[] value) {
    return WireJson.read(value, JsonNode.class);
  }

  private static MessageIdentity identity(JsonNode submission) {
    return new MessageIdentity(
        submission.path("customerId").asText(), submission.path("messageId").asText());
  }

  private Logs.Judged judged(byte[] value) {
    JudgedMessage message = WireJson.read(value, JudgedMessage.class);
    JsonNode submission = message.submission();
    if (submission == null) {
      return new Logs.Judged(message.verdict(), Instant.EPOCH, "", "", false, false, 0);
    }
    Submission plain = WireJson.read(submission.toString(), SealedSubmission.class).open(sealing);
    return new Logs.Judged(
        message.verdict(),
        plain.submittedAt(),
        plain.senderId(),
        plain.recipient(),
        plain.deliver(),
        plain.validUntil() != null,
        submission.hashCode());
  }

  private void each(Topics topic, Consumer<byte[]> reader) {
    each(topic, (value, loggedAt) -> reader.accept(value));
  }

  private void each(Topics topic, BiConsumer<byte[], Instant> reader) {
    List<TopicPartition> partitions = partitions(topic);
    try (var consumer = consumer()) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (partitions.stream()
          .anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
        if (System.nanoTime() > deadline) {
          throw new Refusal(
              "%s could not be read to its end within %d minutes."
                  .formatted(topic.topicName(), PATIENCE.toMinutes()));
        }
        consumer
            .poll(POLL)
            .forEach(
                record -> {
                  if (record.value() != null) {
                    read(topic, record, reader);
                  }
                });
      }
    }
  }

  private static void read(
      Topics topic, ConsumerRecord<byte[], byte[]> record, BiConsumer<byte[], Instant> reader) {
    try {
      reader.accept(record.value(), Instant.ofEpochMilli(record.timestamp()));
    } catch (InvalidRecordException e) {
      throw new Refusal(
          "Record %d of %s, partition %d, is not what belongs there: %s."
              .formatted(record.offset(), topic.topicName(), record.partition(), e.getMessage()),
          e);
    }
  }

  private static List<TopicPartition> partitions(Topics topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(number -> new TopicPartition(topic.topicName(), number))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
