package no.front.vakt.detection.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaPolicySnapshotTest {
  private static final String TOPIC = Topics.VAKT_POLICIES.topicName();
  private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  private void topic(long begin, long end) {
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(ONLY, begin));
    consumer.updateEndOffsets(Map.of(ONLY, end));
  }

  private void later(long offset, String key, String value) {
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    TOPIC,
                    0,
                    offset,
                    key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                    value == null ? null : value.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void readsFromTheBeginningToTheEndTheTopicHadInLogOrder() {
    topic(3, 6);
    later(3, "club", "one");
    consumer.schedulePollTask(() -> {});
    later(4, "garage", "two");
    later(5, "club", "three");

    assertThat(KafkaPolicySnapshot.read(consumer))
        .extracting(raw -> raw.offset + " " + raw.key + " " + text(raw))
        .containsExactly("3 club one", "4 garage two", "5 club three");
  }

  private static String text(RawRecord raw) {
    return new String(raw.value, StandardCharsets.UTF_8);
  }

  @Test
  void aRecordWithoutKeyOrValueIsHandedOnEmpty() {
    topic(0, 1);
    later(0, null, null);

    assertThat(KafkaPolicySnapshot.read(consumer))
        .singleElement()
        .matches(raw -> raw.key.isEmpty() && raw.value.length == 0);
  }

  @Test
  void anEmptyTopicHoldsNoPolicies() {
    topic(0, 0);

    assertThat(KafkaPolicySnapshot.read(consumer)).isEmpty();
  }

  @Test
  void withoutTheTopicNothingIsJudged() {
    consumer.updatePartitions(TOPIC, List.of());

    assertThatThrownBy(() -> KafkaPolicySnapshot.read(consumer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(TOPIC);
  }
}
