package no.front.vakt.verdictapi.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.TestBroker;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaAttemptLogTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path directory;

  private static AccessAttempt attempt(String id, boolean passwordWasRight) {
    return new AccessAttempt(
        id, "acme", NOON, null, "h1", RefusedBecause.NETWORK, passwordWasRight);
  }

  @Test
  void keepsRoomForARightPasswordAndSendsItFirstWhenTheLogIsBack() throws Exception {
    TestBroker broker = new TestBroker(directory);
    broker.close();
    try (KafkaAttemptLog log = new KafkaAttemptLog(broker.clientProperties())) {
      // The first occupies the writer, which waits for the broker; the others fill its queue.
      for (int i = 0; i < 1_100; i++) {
        log.append(attempt("noise-" + i, false));
      }
      assertThat(log.lost()).isPositive();

      log.append(attempt("stolen", true));
      broker.start();

      assertThat(seen(broker.clientProperties(), "stolen").indexOf("stolen")).isLessThan(100);
      assertThat(log.lostUrgent()).isZero();
    } finally {
      broker.close();
    }
  }

  private static List<String> seen(Map<String, Object> kafka, String last) {
    List<String> ids = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topics.VAKT_ACCESS_ATTEMPTS.partitions())
              .mapToObj(i -> new TopicPartition(Topics.VAKT_ACCESS_ATTEMPTS.topicName(), i))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record ->
                            ids.add(
                                WireJson.read(record.value(), AccessAttempt.class).attemptId()));
                return ids.contains(last);
              });
    }
    return ids;
  }
}
