package no.front.vakt.verdictapi.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.access.AttemptLog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code vakt.access-attempts}, written beside the call by a thread of its own that no caller waits
 * for. When the log is away or slow, attempts beyond a short queue are lost, counted and told as a
 * number.
 */
public final class KafkaAttemptLog implements AttemptLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAttemptLog.class);
  private static final int MOST_WAITING = 1_000;
  private static final int MAX_BLOCK_MILLIS = 2_000;
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> new Thread(task, "door-attempts"));
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong nextTelling = new AtomicLong(System.nanoTime());

  /** Connects; the client properties say to whom and how. */
  public KafkaAttemptLog(Map<String, Object> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "verdict-api-attempts");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    producer = new KafkaProducer<>(properties);
  }

  @Override
  public void append(AccessAttempt attempt) {
    try {
      writer.execute(() -> send(attempt));
    } catch (RejectedExecutionException e) {
      lose();
    }
  }

  private void send(AccessAttempt attempt) {
    try {
      producer.send(
          new ProducerRecord<>(
              Topics.VAKT_ACCESS_ATTEMPTS.topicName(),
              attempt.customerId().getBytes(StandardCharsets.UTF_8),
              WireJson.bytes(attempt)),
          (metadata, failure) -> {
            if (failure != null) {
              lose();
            }
          });
    } catch (RuntimeException e) {
      lose();
    }
  }

  private void lose() {
    long count = lost.incrementAndGet();
    long due = nextTelling.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextTelling.compareAndSet(due, now + TELL_NANOS)) {
      LOG.warn("Access attempts that could not be told since the start: {}", count);
    }
  }

  /** Attempts that could not be told. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      writer.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.shutdownNow();
    producer.close(PATIENCE_AT_CLOSE);
  }
}
