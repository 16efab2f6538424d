package no.front.vakt.verdictapi.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The door's own partition of {@code sms.answers}. At start it goes back as far as answers are
 * remembered, so that they survive a restart of the door.
 */
public final class AnswerFeed implements AutoCloseable {
  private final LogFollower follower;

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
    follower =
        new LogFollower(
            clientProperties,
            "answers",
            List.of(new TopicPartition(Topics.SMS_ANSWERS.topicName(), settings.replyPartition())),
            rewind,
            record -> answers.accept(read(record)));
  }

  /**
   * Starts reading and returns when all that was answered before is known.
   *
   * @throws IllegalStateException when that takes longer than the patience
   */
  public void start(Duration patience) throws InterruptedException {
    follower.start();
    follower.awaitCaughtUp(patience);
  }

  /** Records skipped because they are no answers. */
  public long poison() {
    return follower.poison();
  }

  /** Whether the broker has been heard of in the last seconds. */
  public boolean isConnected() {
    return follower.isConnected();
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

  @Override
  public void close() {
    follower.close();
  }
}
