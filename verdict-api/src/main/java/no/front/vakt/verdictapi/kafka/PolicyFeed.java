package no.front.vakt.verdictapi.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code vakt.policies} from its beginning, then as they come. The door opens when it knows all
 * that stood there: before, it would refuse customers it has never heard of.
 */
public final class PolicyFeed implements AutoCloseable {
  private final LogFollower follower;

  /**
   * Connects; {@link #start} reads.
   *
   * @param policies takes each policy in the order of the log, on the feed's thread
   */
  public PolicyFeed(Map<String, Object> clientProperties, Consumer<Policy> policies) {
    follower =
        new LogFollower(
            clientProperties,
            "policies",
            IntStream.range(0, Topics.VAKT_POLICIES.partitions())
                .mapToObj(i -> new TopicPartition(Topics.VAKT_POLICIES.topicName(), i))
                .toList(),
            null,
            record -> policies.accept(WireJson.read(record.value(), Policy.class)));
  }

  /**
   * Starts reading and returns when every policy that stood there is known.
   *
   * @throws IllegalStateException when that takes longer than the patience
   */
  public void start(Duration patience) throws InterruptedException {
    follower.start();
    follower.awaitCaughtUp(patience);
  }

  /** Records skipped because they are no policies. */
  public long poison() {
    return follower.poison();
  }

  /** Whether the broker has been heard of in the last seconds, so that no policy is missed. */
  public boolean isConnected() {
    return follower.isConnected();
  }

  @Override
  public void close() {
    follower.close();
  }
}
