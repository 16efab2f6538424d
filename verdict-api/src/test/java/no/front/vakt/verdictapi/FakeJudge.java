package no.front.vakt.verdictapi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.contract.Wording;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Stands at the other end of the log: reads what the door submits and answers by a function, on the
 * partition the door asked for. It opens nothing; what it decides by is in the message's id.
 */
public final class FakeJudge implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Function<SealedSubmission, Answer> judgement;
  private final Queue<ConsumerRecord<byte[], byte[]>> seen = new ConcurrentLinkedQueue<>();
  private final Queue<ConsumerRecord<byte[], byte[]>> put = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "fake-judge");
  private volatile boolean silent;
  private volatile boolean forgetful;

  /** Starts judging. */
  public FakeJudge(Map<String, Object> kafka, Function<SealedSubmission, Answer> judgement) {
    this.judgement = judgement;
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    producer = producer(kafka);
    consumer.assign(
        IntStream.range(0, Topics.SMS_SUBMITTED.partitions())
            .mapToObj(i -> new TopicPartition(Topics.SMS_SUBMITTED.topicName(), i))
            .toList());
    thread.start();
  }

  /** A producer that sends at once. */
  public static Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Allows, holds or blocks by how the message's id starts. */
  public static Answer byId(SealedSubmission submission) {
    if (submission.messageId().startsWith("reused-")) {
      return new Answer(
          verdict(submission, Outcome.ALLOW, List.of()).identity(), null, Answer.ID_REUSED, null);
    }
    Verdict verdict =
        submission.messageId().startsWith("hold-")
            ? verdict(submission, Outcome.HOLD, List.of(finding("volume-surge", Action.HOLD)))
            : submission.messageId().startsWith("block-")
                ? verdict(
                    submission, Outcome.BLOCK, List.of(finding("country-policy", Action.BLOCK)))
                : verdict(submission, Outcome.ALLOW, List.of());
    return new Answer(verdict.identity(), verdict, null, null);
  }

  private static Verdict verdict(
      SealedSubmission submission, Outcome outcome, List<Finding> findings) {
    return new Verdict(
        submission.customerId(),
        submission.messageId(),
        outcome,
        outcome == Outcome.ALLOW ? 0 : 80,
        submission.submittedAt(),
        3,
        7,
        "data-1",
        findings);
  }

  private static Finding finding(String kind, Action action) {
    return new Finding(
        kind + "-1",
        2,
        kind,
        action,
        false,
        11L,
        10L,
        60,
        Map.of("country", "ZZ"),
        new Wording("Elleve meldinger på ett minutt; ti er lov.", "Eleven messages; ten may."));
  }

  /** From now on reads and says nothing; what it was silent about it answers when it speaks. */
  public void silent(boolean silent) {
    this.silent = silent;
  }

  /** From now on keeps nothing of what it sees. */
  public void forgetful() {
    forgetful = true;
  }

  /** Everything submitted so far. */
  public List<ConsumerRecord<byte[], byte[]>> seen() {
    return List.copyOf(seen);
  }

  /** How often a message was submitted to it. */
  public long timesSeen(String messageId) {
    return seen.stream()
        .map(record -> WireJson.read(record.value(), SealedSubmission.class))
        .filter(submission -> submission.messageId().equals(messageId))
        .count();
  }

  private void run() {
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
          if (!forgetful) {
            seen.add(record);
          }
          put.add(record);
        }
        while (!silent && !put.isEmpty()) {
          answer(put.remove());
        }
      }
    } catch (WakeupException e) {
      consumer.close();
      producer.close(Duration.ofSeconds(1));
    }
  }

  private void answer(ConsumerRecord<byte[], byte[]> record) {
    int partition =
        Integer.parseInt(
            new String(
                record.headers().lastHeader(Headers.REPLY_PARTITION).value(),
                StandardCharsets.US_ASCII));
    Answer judged = judgement.apply(WireJson.read(record.value(), SealedSubmission.class));
    Header nonce = record.headers().lastHeader(Headers.NONCE);
    Answer answer =
        new Answer(
            judged.identity(),
            judged.verdict(),
            judged.refusal(),
            nonce == null ? null : ByteBuffer.wrap(nonce.value()).getLong());
    producer.send(
        new ProducerRecord<>(
            Topics.SMS_ANSWERS.topicName(), partition, null, WireJson.bytes(answer)));
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
