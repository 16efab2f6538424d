package no.front.vakt.alerting.inbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import no.front.vakt.alerting.recipient.Recipients;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code vakt.policies}, followed from the beginning by one thread without a group: no alert is
 * read before the policies that stood at the end of the topic are known. A record that is no policy
 * is skipped and told by its offset; the last good one stays (design decision 9).
 */
final class PolicyFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 10_000;
  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.VAKT_POLICIES.topicName(), 0);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Recipients recipients;
  private final Thread thread = new Thread(this::run, "alerting-policies");
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);

  PolicyFeed(LogClients clients, Recipients recipients) {
    this.consumer = clients.consumer(Map.of());
    this.recipients = recipients;
  }

  /** Starts and returns when all policies are known; throws when that takes too long. */
  void start(Duration patience) throws InterruptedException {
    thread.setDaemon(true);
    thread.start();
    if (!caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          PARTITION.topic() + " could not be read within " + patience.toSeconds() + " s");
    }
  }

  private void run() {
    try {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = -1;
      while (closing.getCount() > 0) {
        try {
          if (end < 0) {
            end = consumer.endOffsets(List.of(PARTITION), CALL).get(PARTITION);
          }
          consumer.poll(POLL).forEach(this::take);
          if (caughtUp.getCount() > 0 && consumer.position(PARTITION, CALL) >= end) {
            caughtUp.countDown();
          }
        } catch (WakeupException e) {
          break;
        } catch (KafkaException e) {
          LOG.debug("The policies cannot be read now", e);
          closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("No more policies are read");
    } finally {
      consumer.close();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      recipients.take(WireJson.read(record.value(), Policy.class));
    } catch (RuntimeException e) {
      LOG.error("No policy at offset {} of {}; skipped", record.offset(), PARTITION.topic());
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_MILLIS);
      if (thread.isAlive()) {
        consumer.wakeup();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
