package no.front.vakt.controlapi.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import no.front.vakt.contract.Policy;
import org.junit.jupiter.api.Test;

class TopicHistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");

  private final TopicHistory topic = new TopicHistory();

  private void add(String customerId, long version) {
    topic.add(
        new TopicHistory.Entry(
            Policy.removal(customerId, version, NOON), PolicyLog.PUBLISHER, "kari", NOON));
  }

  @Test
  void isKnownToADatabaseThatUsedAsHighVersionsOrHigher() {
    add("klubben", 7);
    add("korpset", 2);
    // Behind a newer one, as an old publisher may leave it.
    add("klubben", 6);

    assertThat(topic.isKnownTo(Map.of("klubben", 7L, "korpset", 3L, "skolen", 1L))).isTrue();
    assertThat(topic.isKnownTo(Map.of("klubben", 6L, "korpset", 3L))).isFalse();
    assertThat(topic.isKnownTo(Map.of("klubben", 7L))).isFalse();
    assertThat(topic.isKnownTo(Map.of())).isFalse();
    assertThat(new TopicHistory().isKnownTo(Map.of())).isTrue();
  }
}
