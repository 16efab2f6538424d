package no.front.vakt.alerting.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.alerting.mail.Mail;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.MailReceipt;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which mails are settled, as {@code vakt.mails} tells: read to its end before any alert is,
 * written right after a server took a mail. Kept in memory as long as the topic keeps them, which
 * is longer than any alert is. Thread-safe.
 */
final class MailReceipts implements Mail.Receipts, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailReceipts.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.VAKT_MAILS.topicName(), 0);

  private record Settlement(Instant at, @Nullable String problem) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LogWriter writer;
  private final Clock clock;
  private final Map<Mail.Key, Settlement> settled = new LinkedHashMap<>();

  MailReceipts(LogClients clients, LogWriter writer, Clock clock) {
    this.consumer = clients.consumer(Map.of());
    this.consumer.assign(List.of(PARTITION));
    this.consumer.seekToBeginning(List.of(PARTITION));
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Reads what was written up to now, by whomever. Called by one thread at a time.
   *
   * @throws org.apache.kafka.common.KafkaException when the log is away
   */
  void catchUp(Duration patience) {
    long end = consumer.endOffsets(List.of(PARTITION), patience).get(PARTITION);
    long until = System.nanoTime() + patience.toNanos();
    while (consumer.position(PARTITION, patience) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      if (System.nanoTime() > until) {
        throw new org.apache.kafka.common.errors.TimeoutException(
            "vakt.mails is not read to its end");
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      MailReceipt receipt = WireJson.read(record.value(), MailReceipt.class);
      if (receipt.alertId() == null || receipt.recipientHash() == null) {
        throw new InvalidRecordException("alertId", "or recipientHash is missing");
      }
      Instant at = receipt.settledAt() == null ? clock.instant() : receipt.settledAt();
      remember(
          new Mail.Key(receipt.alertId(), receipt.recipientHash()),
          new Settlement(at, receipt.problem()));
    } catch (RuntimeException e) {
      // Vakt wrote it itself; whatever it was, at worst one mail goes out twice.
      LOG.error("No receipt at offset {} of vakt.mails; skipped", record.offset());
    }
  }

  @Override
  public synchronized boolean isSettled(Mail.Key key) {
    return settled.containsKey(key);
  }

  /** Why a mail was refused for good; empty when it was not. */
  synchronized Optional<String> findProblem(Mail.Key key) {
    return Optional.ofNullable(settled.get(key)).map(Settlement::problem);
  }

  @Override
  public void note(Mail.Key key, @Nullable String problem) throws InterruptedException {
    Instant now = clock.instant();
    writer.write(
        Topics.VAKT_MAILS,
        key.alertId(),
        new MailReceipt(key.alertId(), key.recipientHash(), now, problem));
    remember(key, new Settlement(now, problem));
  }

  private synchronized void remember(Mail.Key key, Settlement settlement) {
    settled.put(key, settlement);
    Instant oldest = settlement.at().minus(Topics.VAKT_MAILS.retention());
    Iterator<Settlement> eldest = settled.values().iterator();
    while (eldest.hasNext() && eldest.next().at().isBefore(oldest)) {
      eldest.remove();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
