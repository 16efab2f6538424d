package no.front.vakt.verdictapi.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions of one topic, read by one thread without a group, from some time ago or from the
 * beginning; after that every record is handed on as it arrives. A record that cannot be taken is
 * skipped, counted, and told by its offset alone. A broker that is away is waited for, and so is
 * the end of any other failure: the thread goes on reading until it is closed, and {@link
 * #isConnected} tells meanwhile that nothing is heard.
 */
final class LogFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(6);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final String what;
  private final List<TopicPartition> partitions;
  private final @Nullable Duration rewind;
  private final Taker taker;
  private final Thread thread;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong poison = new AtomicLong();
  private boolean failing;
  private volatile long heardNanos = System.nanoTime() - SILENCE_NANOS;

  /** Takes one record; whatever it throws, the next one is read. */
  interface Taker {
    /** Reads it and hands it on. */
    void take(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * Connects; {@link #start} reads.
   *
   * @param what what is read, in the plural, as in {@code answers}
   * @param rewind how far to go back at start; absent: to the beginning
   * @param taker takes each record, on the follower's thread
   */
  LogFollower(
      Map<String, Object> clientProperties,
      String what,
      List<TopicPartition> partitions,
      @Nullable Duration rewind,
      Taker taker) {
    this(consumer(clientProperties, what), what, partitions, rewind, taker);
  }

  /** With another consumer, one that fails; for tests. */
  LogFollower(
      Consumer<byte[], byte[]> consumer,
      String what,
      List<TopicPartition> partitions,
      @Nullable Duration rewind,
      Taker taker) {
    this.consumer = consumer;
    this.what = what;
    this.partitions = List.copyOf(partitions);
    this.rewind = rewind;
    this.taker = taker;
    this.thread = new Thread(this::run, "door-" + what);
  }

  private static Consumer<byte[], byte[]> consumer(
      Map<String, Object> clientProperties, String what) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "verdict-api-" + what);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    return new KafkaConsumer<>(properties);
  }

  /** Starts reading and returns at once. */
  void start() {
    thread.start();
  }

  /**
   * Returns when all that was there at the start is handed on.
   *
   * @throws IllegalStateException when that takes longer than the patience
   */
  void awaitCaughtUp(Duration patience) throws InterruptedException {
    if (!caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "The "
              + what
              + " on "
              + partitions.get(0).topic()
              + " could not be read within "
              + patience.toSeconds()
              + " s: is the broker up, does the topic exist, may this client read it?");
    }
  }

  /** Records skipped because they could not be taken. */
  long poison() {
    return poison.get();
  }

  /** Whether the broker has been heard of in the last seconds. */
  boolean isConnected() {
    return System.nanoTime() - heardNanos < SILENCE_NANOS;
  }

  private void run() {
    try {
      consumer.assign(partitions);
      Map<TopicPartition, Long> end = retried(this::rewound);
      while (!isClosing()) {
        retried(
            () -> {
              handOn(consumer.poll(POLL));
              if (caughtUp.getCount() > 0 && isAt(end)) {
                caughtUp.countDown();
              }
              probe();
              return true;
            });
      }
    } catch (WakeupException e) {
      LOG.debug("No more {} are read", what);
    } catch (Error e) {
      LOG.error("No more {} are read until a restart: {}", what, e.getClass().getSimpleName());
      throw e;
    } finally {
      consumer.close(CloseOptions.timeout(CALL));
    }
  }

  private Map<TopicPartition, Long> rewound() {
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions, CALL);
    if (rewind == null) {
      consumer.seekToBeginning(partitions);
    } else {
      long from = System.currentTimeMillis() - rewind.toMillis();
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, from));
      Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(times, CALL);
      for (TopicPartition partition : partitions) {
        OffsetAndTimestamp found = first.get(partition);
        consumer.seek(partition, found == null ? end.get(partition) : found.offset());
      }
    }
    heard();
    return end;
  }

  private boolean isAt(Map<TopicPartition, Long> end) {
    return end.entrySet().stream()
        .allMatch(entry -> consumer.position(entry.getKey(), CALL) >= entry.getValue());
  }

  private void handOn(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        taker.take(record);
      } catch (RuntimeException e) {
        // Whatever is wrong with one record, the next one is read.
        poison.incrementAndGet();
        LOG.error(
            "Of the {} the one at offset {} of {}-{} cannot be read ({}); skipped",
            what,
            record.offset(),
            record.topic(),
            record.partition(),
            e.getClass().getSimpleName());
      }
    }
    if (!records.isEmpty()) {
      heard();
    }
  }

  /** When nothing comes, asks the broker something, to know whether nothing is all there is. */
  private void probe() {
    if (System.nanoTime() - heardNanos > PROBE_NANOS) {
      consumer.endOffsets(partitions, CALL);
      heard();
    }
  }

  private void heard() {
    heardNanos = System.nanoTime();
  }

  private interface Call<T> {
    T make();
  }

  /** Makes a call until it succeeds; whatever fails is waited for, not given up. */
  private <T> T retried(Call<T> call) {
    while (true) {
      try {
        T result = call.make();
        if (failing) {
          failing = false;
          LOG.info("The {} are read again", what);
        }
        return result;
      } catch (WakeupException e) {
        throw e;
      } catch (RuntimeException e) {
        // Kafka's own failures and any other: one that ended the thread would be noticed by nobody.
        if (!failing) {
          failing = true;
          LOG.warn("The {} cannot be read now: {}", what, e.getClass().getSimpleName());
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WakeupException();
      }
    } catch (InterruptedException e) {
      throw new WakeupException();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    try {
      thread.join(PATIENCE_AT_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
