package no.front.vakt.standalone.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.MailReceipt;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the house writes while the day goes on, from where its topics end now. */
final class DayTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DayTopics.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final List<Topics> READ =
      List.of(
          Topics.SMS_VERDICTS,
          Topics.SMS_DELIVERY,
          Topics.SMS_OUTCOMES,
          Topics.VAKT_ALERTS,
          Topics.VAKT_MAILS,
          Topics.VAKT_ACCESS_ATTEMPTS);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Tally tally;
  private final Story story;
  private final Thread reader = new Thread(this::read, "demo-topics");

  private DayTopics(KafkaConsumer<byte[], byte[]> consumer, Tally tally, Story story) {
    this.consumer = consumer;
    this.tally = tally;
    this.story = story;
  }

  /** Begins to read; what is written after this call is read. */
  static DayTopics follow(Map<String, String> connection, Tally tally, Story story) {
    var settings = new HashMap<String, Object>(connection);
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var partitions = READ.stream().flatMap(DayTopics::partitions).toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // seeks are lazy: this is where the day begins
    var topics = new DayTopics(consumer, tally, story);
    topics.reader.setDaemon(true);
    topics.reader.start();
    return topics;
  }

  private static Stream<TopicPartition> partitions(Topics topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.topicName(), partition));
  }

  private void read() {
    try (consumer) {
      while (true) {
        consumer.poll(POLL).forEach(this::takeIfReadable);
      }
    } catch (WakeupException e) {
      LOG.debug("The day's topics are read no more.");
    } catch (RuntimeException e) {
      LOG.warn("The day's sums are not brought up to date any more: {}", e.getMessage(), e);
    }
  }

  private void takeIfReadable(ConsumerRecord<byte[], byte[]> record) {
    try {
      take(record);
    } catch (InvalidRecordException e) {
      LOG.warn("A record of {} cannot be read and is not counted.", record.topic(), e);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    var name = record.topic();
    if (name.equals(Topics.SMS_VERDICTS.topicName())) {
      var verdict = WireJson.read(record.value(), JudgedMessage.class).verdict();
      if (tally.verdict(verdict)) {
        story.judged(verdict);
      }
    } else if (name.equals(Topics.SMS_DELIVERY.topicName())) {
      tally.delivery(WireJson.read(record.value(), DeliveryOrder.class));
    } else if (name.equals(Topics.SMS_OUTCOMES.topicName())) {
      tally.outcome(WireJson.read(record.value(), MessageOutcome.class));
    } else if (name.equals(Topics.VAKT_ALERTS.topicName())) {
      tally.alert(WireJson.read(record.value(), Alert.class));
    } else if (name.equals(Topics.VAKT_MAILS.topicName())) {
      tally.mail(WireJson.read(record.value(), MailReceipt.class));
    } else {
      var attempt = WireJson.read(record.value(), AccessAttempt.class);
      if (tally.attempt(attempt)) {
        story.refused(attempt);
      }
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
