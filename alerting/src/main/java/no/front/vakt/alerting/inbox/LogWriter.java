package no.front.vakt.alerting.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a record and returns when all in-sync replicas have it: a log that is away is waited for,
 * because what is written here says that something else must not be done again. Thread-safe.
 */
final class LogWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
  private static final long PAUSE_MILLIS = 500;
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

  private final KafkaProducer<byte[], byte[]> producer;
  private volatile boolean failing;
  private volatile boolean closing;

  LogWriter(LogClients clients) {
    this.producer = clients.producer();
  }

  /**
   * Writes.
   *
   * @throws InterruptedException when it was told to give up; the record may be there or not
   */
  void write(Topics topic, String key, Object record) throws InterruptedException {
    ProducerRecord<byte[], byte[]> bytes =
        new ProducerRecord<>(
            topic.topicName(), key.getBytes(StandardCharsets.UTF_8), WireJson.bytes(record));
    while (true) {
      if (closing) {
        throw new InterruptedException("closing");
      }
      try {
        producer.send(bytes).get();
        if (failing) {
          failing = false;
          LOG.info("The log takes records again");
        }
        return;
      } catch (InterruptException e) {
        throw new InterruptedException("closing");
      } catch (ExecutionException | KafkaException e) {
        if (!failing) {
          failing = true;
          LOG.warn("{} cannot be written now: {}", topic.topicName(), e.getClass().getSimpleName());
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    producer.close(PATIENCE_AT_CLOSE);
  }
}
