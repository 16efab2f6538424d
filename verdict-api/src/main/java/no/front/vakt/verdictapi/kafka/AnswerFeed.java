package no.front.vakt.verdictapi.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door's own partition of {@code sms.answers}, read by one thread without a group. At start it
 * goes back as far as answers are remembered, so that they survive a restart of the door; after
 * that every answer is handed on as it arrives. A record that is no answer is skipped, counted, and
 * told by its offset alone.
 */
public final class AnswerFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(6);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final Duration rewind;
  private final Consumer<Answer> answers;
  private final Thread thread;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong poison = new AtomicLong();
  private boolean failing;
  private volatile long heardNanos = System.nanoTime() - SILENCE_NANOS;

  /**
   * Connects; {@link #start} reads.
   *
   * @param rewind how far to go back at start
   * @param answers takes each answer, on the feed's thread
   */
  public AnswerFeed(
      Map<String, Object> clientProperties,
      LogSettings settings,
      Duration rewind,
      Consumer<Answer> answers) {
    this.partition = new TopicPartition(Topics.SMS_ANSWERS.topicName(), settings.replyPartition());
    this.rewind = rewind;
    this.answers = answers;
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "verdict-api");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    this.consumer = new KafkaConsumer<>(properties);
    this.thread = new Thread(this::run, "verdict-answers");
  }

  /**
   * Starts reading and returns when all that was answered before is known.
   *
   * @throws IllegalStateException when that takes longer than the patience
   */
  public void start(Duration patience) throws InterruptedException {
    thread.start();
    if (!caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "The answers on "
              + partition
              + " could not be read within "
              + patience.toSeconds()
              + " s: is the broker up, does the topic exist, may this client read it?");
    }
  }

  /** Records skipped because they are no answers. */
  public long poison() {
    return poison.get();
  }

  /** Whether the broker has been heard of in the last seconds. */
  public boolean isConnected() {
    return System.nanoTime() - heardNanos < SILENCE_NANOS;
  }

  private void run() {
    try {
      consumer.assign(List.of(partition));
      long end = retried(this::rewound);
      while (!isClosing()) {
        retried(
            () -> {
              handOn(consumer.poll(POLL));
              if (caughtUp.getCount() > 0 && consumer.position(partition, CALL) >= end) {
                caughtUp.countDown();
              }
              probe();
              return 0L;
            });
      }
    } catch (WakeupException e) {
      LOG.debug("No more answers are read");
    } finally {
      consumer.close(CloseOptions.timeout(CALL));
    }
  }

  private long rewound() {
    long from = System.currentTimeMillis() - rewind.toMillis();
    OffsetAndTimestamp first =
        consumer.offsetsForTimes(Map.of(partition, from), CALL).get(partition);
    long end = consumer.endOffsets(List.of(partition), CALL).get(partition);
    consumer.seek(partition, first == null ? end : first.offset());
    heard();
    return end;
  }

  private void handOn(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        answers.accept(read(record));
      } catch (RuntimeException e) {
        // Whatever is wrong with one record, the next one is read.
        poison.incrementAndGet();
        LOG.error(
            "No answer at offset {} of {} ({}); skipped",
            record.offset(),
            partition,
            e.getClass().getSimpleName());
      }
    }
    if (!records.isEmpty()) {
      heard();
    }
  }

  private static Answer read(ConsumerRecord<byte[], byte[]> record) {
    Answer answer = WireJson.read(record.value(), Answer.class);
    Problems problems = new Problems();
    MessageIdentity identity = answer.identity();
    Verdict verdict = answer.verdict();
    problems.require(
        identity != null && identity.customerId() != null && identity.messageId() != null,
        "identity",
        "is missing");
    problems.require(
        (verdict == null) != (answer.refusal() == null),
        "verdict",
        "stands beside a refusal, or neither does");
    problems.require(
        verdict == null || verdict.outcome() != null && verdict.identity().equals(identity),
        "verdict",
        "has no outcome, or is about another message");
    problems.throwIfAny();
    return answer;
  }

  /** When nothing comes, asks the broker something, to know whether nothing is all there is. */
  private void probe() {
    if (System.nanoTime() - heardNanos > PROBE_NANOS) {
      consumer.endOffsets(List.of(partition), CALL);
      heard();
    }
  }

  private void heard() {
    heardNanos = System.nanoTime();
  }

  private interface Call {
    long make();
  }

  /** Makes a call until it succeeds; a broker that is away is waited for, not given up. */
  private long retried(Call call) {
    while (true) {
      try {
        long result = call.make();
        if (failing) {
          failing = false;
          LOG.info("The answers are read again");
        }
        return result;
      } catch (WakeupException e) {
        throw e;
      } catch (KafkaException e) {
        if (!failing) {
          failing = true;
          LOG.warn("The answers cannot be read now: {}", e.getClass().getSimpleName());
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
