package no.front.vakt.verdictapi.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The broker is Kafka's own stand-in: no real one fails in the client's own code when asked. */
class LogFollowerTest {
  private static final TopicPartition PARTITION = new TopicPartition("vakt.policies", 0);

  @Test
  void readsOnAfterAFailureThatIsNotKafkas() throws Exception {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    Queue<Long> taken = new ConcurrentLinkedQueue<>();
    try (LogFollower follower =
        new LogFollower(
            consumer, "policies", List.of(PARTITION), null, record -> taken.add(record.offset()))) {
      follower.start();
      follower.awaitCaughtUp(Duration.ofSeconds(30));
      consumer.schedulePollTask(
          () -> {
            throw new IllegalStateException("a fault of the client's own");
          });
      consumer.schedulePollTask(
          () ->
              consumer.addRecord(
                  new ConsumerRecord<>(
                      PARTITION.topic(), PARTITION.partition(), 0, new byte[0], new byte[0])));

      await().atMost(Duration.ofSeconds(30)).until(() -> taken.contains(0L));
      assertThat(follower.isConnected()).isTrue();
    }
  }
}
