package no.front.vakt.verdictapi.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code vakt.access-attempts}, written beside the call by a thread of its own that no caller waits
 * for. When the log is away or slow, attempts beyond a short queue are lost, counted and told as a
 * number. A right password from a wrong network waits in a queue of its own, goes first, is tried
 * again while the log is away, and missed aloud.
 */
public final class KafkaAttemptLog implements AttemptLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAttemptLog.class);
  private static final int MOST_WAITING = 1_000;
  private static final int MAX_BLOCK_MILLIS = 2_000;
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;
  private final BlockingQueue<AccessAttempt> urgent = new ArrayBlockingQueue<>(MOST_WAITING);
  private final BlockingQueue<AccessAttempt> usual = new ArrayBlockingQueue<>(MOST_WAITING);

  /** Has one run for each attempt that waits; whichever it takes, one is sent. */
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "door-attempts"));

  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong lostUrgent = new AtomicLong();
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
    BlockingQueue<AccessAttempt> queue = attempt.passwordWasRight() ? urgent : usual;
    try {
      if (queue.offer(attempt)) {
        writer.execute(this::sendNext);
      } else {
        lose(attempt);
      }
    } catch (RejectedExecutionException e) {
      lose(attempt);
    }
  }

  private void sendNext() {
    AccessAttempt first = urgent.poll();
    AccessAttempt next = first == null ? usual.poll() : first;
    if (next != null) {
      send(next);
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
              lose(attempt);
            }
          });
    } catch (TimeoutException e) {
      // The producer has waited its time already, so this is no busy loop.
      if (attempt.passwordWasRight()) {
        append(attempt);
      } else {
        lose(attempt);
      }
    } catch (RuntimeException e) {
      lose(attempt);
    }
  }

  private void lose(AccessAttempt attempt) {
    if (attempt.passwordWasRight()) {
      LOG.error(
          "A right password came from a wrong network and could not be told; {} since the start",
          lostUrgent.incrementAndGet());
    }
    long count = lost.incrementAndGet();
    long due = nextTelling.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextTelling.compareAndSet(due, now + TELL_NANOS)) {
      LOG.warn("Access attempts that could not be told since the start: {}", count);
    }
  }

  /** Right passwords from wrong networks that could not be told; part of {@link #lost}. */
  public long lostUrgent() {
    return lostUrgent.get();
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
    urgent.forEach(this::lose);
    producer.close(PATIENCE_AT_CLOSE);
  }
}
