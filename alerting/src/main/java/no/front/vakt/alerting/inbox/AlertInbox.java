package no.front.vakt.alerting.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import no.front.vakt.alerting.mail.AlertMailer;
import no.front.vakt.alerting.mail.Mail;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code vakt.alerts}, read by one thread. What is read goes to {@link Dispatch}; offsets are
 * committed up to the oldest alert that is not yet mailed to all. A partition with many open alerts
 * waits in the log. A record that is no alert is dead-lettered; a missing key stops the reading and
 * sounds the alarm.
 */
final class AlertInbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertInbox.class);
  private static final String TOPIC = Topics.VAKT_ALERTS.topicName();
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(15);
  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_KEY = 1_024;

  // A process that was killed gives its partitions up after this long.
  private static final int SESSION_MILLIS = 10_000;
  private static final int RECORDS_A_POLL = 50;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LogSettings settings;
  private final MailReceipts receipts;
  private final OpenAlerts open;
  private final Dispatch dispatch;
  private final AlertMailer mailer;
  private final LogWriter writer;
  private final Sealing sealing;
  private final Thread thread = new Thread(this::run, "alerting-inbox");
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable String alarm;
  private boolean failing;
  private boolean freshlyAssigned;

  AlertInbox(
      LogClients clients,
      LogSettings settings,
      MailReceipts receipts,
      OpenAlerts open,
      Dispatch dispatch,
      AlertMailer mailer,
      LogWriter writer,
      Sealing sealing) {
    this.settings = settings;
    this.receipts = receipts;
    this.open = open;
    this.dispatch = dispatch;
    this.mailer = mailer;
    this.writer = writer;
    this.sealing = sealing;
    this.consumer =
        clients.consumer(
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.group(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                SESSION_MILLIS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                SESSION_MILLIS / 3,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS_A_POLL));
  }

  void start() {
    thread.start();
  }

  /** Why no alerts are read; empty when they are. */
  Optional<String> alarm() {
    return Optional.ofNullable(alarm);
  }

  private void run() {
    try {
      consumer.subscribe(List.of(TOPIC), new Assignments());
      while (closing.getCount() > 0) {
        try {
          ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
          if (freshlyAssigned) {
            begin();
            continue;
          }
          for (ConsumerRecord<byte[], byte[]> record : records) {
            take(record);
          }
          pauseAndResume();
          commit();
          recovered();
        } catch (MissingKeyException e) {
          stop(e);
        } catch (WakeupException e) {
          break;
        } catch (KafkaException e) {
          again(e);
        }
      }
      commit();
    } catch (InterruptedException | WakeupException e) {
      LOG.debug("No more alerts are read");
    } catch (KafkaException e) {
      LOG.warn("The last offsets are not committed: {}", e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      alarm = "the inbox failed: " + e.getClass().getSimpleName();
      LOG.error("No more alerts are read", e);
    } finally {
      consumer.close();
    }
  }

  /**
   * Whoever had the partitions before has written receipts since this process last read them; only
   * then are their alerts read, from where they were committed.
   */
  private void begin() {
    receipts.catchUp(CALL);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(consumer.assignment(), CALL);
    consumer
        .committed(consumer.assignment(), CALL)
        .forEach(
            (partition, committed) -> {
              long next = committed == null ? first.get(partition) : committed.offset();
              open.begun(partition.partition(), next);
              consumer.seek(partition, next);
            });
    freshlyAssigned = false;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    try {
      dispatch.dispatch(
          AlertReader.read(record.value()), open.place(record.partition(), record.offset()));
    } catch (InvalidRecordException e) {
      writer.write(Topics.VAKT_DEAD_LETTERS, TOPIC, letter(record, e.getMessage()));
      LOG.error(
          "No alert at offset {} of partition {} of {}; dead-lettered",
          record.offset(),
          record.partition(),
          TOPIC);
      open.opened(open.place(record.partition(), record.offset()), 0);
    }
  }

  private DeadLetter letter(ConsumerRecord<byte[], byte[]> record, String reason) {
    MessageIdentity place = new MessageIdentity(TOPIC, record.partition() + "-" + record.offset());
    return new DeadLetter(
        TOPIC,
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…",
        sealed(record.key(), LONGEST_KEY, place),
        sealed(record.value(), Policy.MAX_BYTES, place));
  }

  private @Nullable String sealed(byte @Nullable [] bytes, int longest, MessageIdentity place) {
    return bytes == null || bytes.length == 0 || bytes.length > longest
        ? null
        : sealing.seal(bytes, SealedField.DEAD_LETTER, place);
  }

  /** Nothing is read until somebody has put the key back and started again; nothing is skipped. */
  private void stop(MissingKeyException e) {
    alarm = e.getMessage();
    LOG.error("No alerts are read: {}", e.getMessage());
    rewind();
    consumer.pause(consumer.assignment());
  }

  private void again(KafkaException e) throws InterruptedException {
    if (!failing) {
      failing = true;
      LOG.warn("The alerts cannot be read now: {}", e.getClass().getSimpleName());
    }
    rewind();
    closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.info("The alerts are read again");
    }
  }

  /** To the first alert that was not dispatched, in case the reading broke off among some. */
  private void rewind() {
    Map<Integer, Long> positions = open.positions();
    for (TopicPartition partition : consumer.assignment()) {
      Long position = positions.get(partition.partition());
      if (position != null) {
        consumer.seek(partition, position);
      }
    }
  }

  private void pauseAndResume() {
    List<TopicPartition> full = new ArrayList<>();
    List<TopicPartition> free = new ArrayList<>();
    for (TopicPartition partition : consumer.assignment()) {
      boolean isFull = alarm != null || open.open(partition.partition()) >= settings.openAlerts();
      (isFull ? full : free).add(partition);
    }
    consumer.pause(full);
    consumer.resume(free);
  }

  private void commit() {
    Map<Integer, Long> offsets = open.committable();
    if (!offsets.isEmpty()) {
      Map<TopicPartition, OffsetAndMetadata> named = new HashMap<>();
      offsets.forEach(
          (partition, offset) ->
              named.put(new TopicPartition(TOPIC, partition), new OffsetAndMetadata(offset)));
      consumer.commitSync(named, CALL);
      open.committed(offsets);
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      open.assigned();
      freshlyAssigned = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      letMailsArrive(partitions);
      try {
        commit();
      } catch (KafkaException e) {
        LOG.debug("Offsets of revoked partitions are not committed", e);
      }
      forget(partitions);
    }

    /**
     * Whoever has the partitions next reads the receipts first: there must be one for each mail.
     */
    private void letMailsArrive(Collection<TopicPartition> partitions) {
      Predicate<Mail> isTheirs = isOf(partitions);
      mailer.removeIf(isTheirs);
      try {
        mailer.awaitNoneOnTheWay(isTheirs, Duration.ofMillis(CLOSE_MILLIS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static Predicate<Mail> isOf(Collection<TopicPartition> partitions) {
      List<Integer> numbers = partitions.stream().map(TopicPartition::partition).toList();
      return mail -> numbers.contains(mail.place().partition());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
      open.forget(partitions.stream().map(TopicPartition::partition).toList());
      mailer.removeIf(isOf(partitions));
    }
  }

  @Override
  public void close() {
    closing.countDown();
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    try {
      thread.join(CLOSE_MILLIS);
      if (thread.isAlive()) {
        consumer.wakeup();
        thread.interrupt();
        thread.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
