package no.front.vakt.verdictapi.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.verdicts.SubmissionLog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code sms.submitted}, written: sealed, keyed by customer, told where its answer goes, sent at
 * once, and acknowledged by all in-sync replicas within a bounded time or given up. A message that
 * was given up may still have arrived: the judge knows it by its identity when it comes again.
 */
public final class KafkaSubmissionLog implements SubmissionLog, AutoCloseable {
  /** How long a caller's thread may be held while the producer has no metadata or no room. */
  private static final int MAX_BLOCK_MILLIS = 250;

  /** Between two looks at a start; some failures come at once. */
  private static final int PAUSE_MILLIS = 50;

  private final Producer<byte[], byte[]> producer;
  private final Sealing sealing;
  private final Header replyPartition;
  private final Duration patience;

  /** Connects; the client properties say to whom and how. */
  public KafkaSubmissionLog(
      Map<String, Object> clientProperties, LogSettings settings, Sealing sealing) {
    this.sealing = sealing;
    this.patience = Duration.ofMillis(settings.acknowledgementMillis());
    this.replyPartition =
        new RecordHeader(
            Headers.REPLY_PARTITION,
            String.valueOf(settings.replyPartition()).getBytes(StandardCharsets.US_ASCII));
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "verdict-api");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, settings.acknowledgementMillis());
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, settings.acknowledgementMillis() / 2);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 50);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    this.producer = new KafkaProducer<>(properties);
  }

  /**
   * Learns where the topic is, so that the first caller need not wait for that longer than a thread
   * may be held.
   *
   * @throws IllegalStateException when that takes longer than the patience
   */
  public void warmUp(Duration longest) throws InterruptedException {
    long until = System.nanoTime() + longest.toNanos();
    String topic = Topics.SMS_SUBMITTED.topicName();
    while (true) {
      try {
        producer.partitionsFor(topic);
        return;
      } catch (InterruptException e) {
        throw new InterruptedException();
      } catch (KafkaException e) {
        if (System.nanoTime() - until >= 0) {
          throw new IllegalStateException(
              "The topic "
                  + topic
                  + " could not be reached within "
                  + longest.toSeconds()
                  + " s: is the broker up, does the topic exist, may this client write it?",
              e);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  @Override
  public CompletableFuture<Void> append(Submission submission, long nonce) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    try {
      producer.send(
          record(submission, nonce),
          (metadata, failure) -> {
            if (failure == null) {
              acknowledged.complete(null);
            } else {
              acknowledged.completeExceptionally(failure);
            }
          });
    } catch (RuntimeException e) {
      // A closed producer, an interrupted thread: all mean that nobody acknowledged.
      acknowledged.completeExceptionally(e);
    }
    return acknowledged;
  }

  private ProducerRecord<byte[], byte[]> record(Submission submission, long nonce) {
    return new ProducerRecord<>(
        Topics.SMS_SUBMITTED.topicName(),
        null,
        submission.customerId().getBytes(StandardCharsets.UTF_8),
        WireJson.bytes(SealedSubmission.seal(submission, sealing)),
        List.of(
            replyPartition,
            new RecordHeader(
                Headers.NONCE, ByteBuffer.allocate(Long.BYTES).putLong(nonce).array())));
  }

  @Override
  public void close() {
    producer.close(patience);
  }
}
