package no.front.vakt.controlapi.applied;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.trouble.TroubleLog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest word of every job's subtask on every customer's policy, read from {@code
 * vakt.applied-policies} in the background and from its beginning. Held in memory: it is on the
 * topic, and on no other place that matters.
 */
public final class AppliedPolicies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedPolicies.class);
  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.VAKT_APPLIED_POLICIES.topicName(), 0);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long BETWEEN_TRIES_MILLIS = 1_000;

  /** What is refused is refused sooner: some seconds. */
  private static final int POLLS_UNTIL_WELL = 20;

  private final Map<String, NavigableMap<String, Word>> byCustomer = new ConcurrentHashMap<>();
  private final Map<String, Object> kafka;
  private final TroubleLog trouble =
      new TroubleLog(
          LOG,
          "What the jobs applied cannot be read, trying on",
          "What the jobs applied is read again");
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile @Nullable KafkaConsumer<String, byte[]> reading;

  /** What a subtask said, and when the log had it. */
  record Word(AppliedPolicy applied, Instant at) {}

  /** Starts to read at once; waits by itself for a log that is away. */
  public AppliedPolicies(Map<String, Object> kafka) {
    this.kafka = kafka;
    thread = new Thread(this::run, "applied-policies");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is known of a customer; subtasks that a job no longer has are left out. */
  List<Word> of(String customerId) {
    NavigableMap<String, Word> words = byCustomer.getOrDefault(customerId, new TreeMap<>());
    Map<String, Word> newestOfJob = new HashMap<>();
    words
        .values()
        .forEach(
            word ->
                newestOfJob.merge(word.applied.job(), word, (a, b) -> b.at.isAfter(a.at) ? b : a));
    return words.values().stream()
        .filter(
            word -> {
              Word newest = newestOfJob.get(word.applied.job());
              return newest == null || word.applied.subtask() < newest.applied.parallelism();
            })
        .toList();
  }

  private void run() {
    while (!isClosed) {
      Map<String, Object> settings = new HashMap<>(kafka);
      settings.put("enable.auto.commit", "false");
      try (KafkaConsumer<String, byte[]> consumer =
          new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
        reading = consumer;
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        for (int polls = 1; !isClosed; polls++) {
          consumer.poll(POLL).forEach(this::take);
          if (polls % POLLS_UNTIL_WELL == 0) {
            trouble.well();
          }
        }
      } catch (WakeupException e) {
        return;
      } catch (RuntimeException e) {
        trouble.failed(e);
        pause();
      } finally {
        reading = null;
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      isClosed = true;
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      AppliedPolicy applied = WireJson.read(record.value(), AppliedPolicy.class);
      if (applied.customerId() != null && applied.job() != null) {
        byCustomer
            .computeIfAbsent(applied.customerId(), id -> new ConcurrentSkipListMap<>())
            .put(
                "%s/%06d".formatted(applied.job(), applied.subtask()),
                new Word(applied, Instant.ofEpochMilli(record.timestamp())));
      }
    } catch (InvalidRecordException e) {
      LOG.warn("A record at offset {} of {} cannot be read", record.offset(), PARTITION.topic());
    }
  }

  @Override
  public void close() {
    isClosed = true;
    KafkaConsumer<String, byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
