package no.front.vakt.verdictapi.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * All of {@code sms.outcomes}. At start it goes back as far as held messages are remembered; nobody
 * waits for it, since what became of a message is information only.
 */
public final class OutcomeFeed implements AutoCloseable {
  private final LogFollower follower;

  /** Takes outcomes, on the feed's thread. */
  public interface Taker {
    /**
     * Takes one.
     *
     * @param age how long the log has had it
     */
    void take(MessageOutcome outcome, Duration age);
  }

  /**
   * Connects; {@link #start} reads.
   *
   * @param rewind how far to go back at start
   */
  public OutcomeFeed(Map<String, Object> clientProperties, Duration rewind, Taker outcomes) {
    follower =
        new LogFollower(
            clientProperties,
            "outcomes",
            IntStream.range(0, Topics.SMS_OUTCOMES.partitions())
                .mapToObj(i -> new TopicPartition(Topics.SMS_OUTCOMES.topicName(), i))
                .toList(),
            rewind,
            record -> outcomes.take(read(record), age(record)));
  }

  /** Starts reading and returns at once. */
  public void start() {
    follower.start();
  }

  /** Records skipped because they are no outcomes. */
  public long poison() {
    return follower.poison();
  }

  private static Duration age(ConsumerRecord<byte[], byte[]> record) {
    return Duration.ofMillis(Math.max(0, System.currentTimeMillis() - record.timestamp()));
  }

  private static MessageOutcome read(ConsumerRecord<byte[], byte[]> record) {
    MessageOutcome outcome = WireJson.read(record.value(), MessageOutcome.class);
    Problems problems = new Problems();
    problems.require(outcome.customerId() != null, "customerId", "is missing");
    problems.require(outcome.messageId() != null, "messageId", "is missing");
    problems.require(outcome.state() != null, "state", "is missing");
    problems.require(outcome.at() != null, "at", "is missing");
    problems.throwIfAny();
    return outcome;
  }

  @Override
  public void close() {
    follower.close();
  }
}
