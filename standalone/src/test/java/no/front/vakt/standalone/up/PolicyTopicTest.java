package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of policies the broker does not acknowledge: they may stand all the same. */
class PolicyTopicTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path policies;
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private PolicyDirectory directory;

  @BeforeEach
  void watch() {
    var topic = new PolicyTopic(PolicyDirectory.PUBLISHER, KeyRing.generate().sealing(), producer);
    directory = new PolicyDirectory(policies, topic, NOON, notice -> {});
  }

  @Test
  void aVersionTriedInVainIsNeverUsedAgain() throws Exception {
    write("one");
    failToPublish();
    failToPublish();
    directory.look(true);
    assertThat(published()).extracting(Policy::version).containsExactly(3L);
    directory.look(true);
    assertThat(published()).hasSize(1);
  }

  @Test
  void whatMayHaveLandedIsOverruledWhenTheFileIsAsItWas() throws Exception {
    write("one");
    directory.look(true);
    write("another");
    failToPublish();
    write("one");
    directory.look(true);
    assertThat(published()).extracting(Policy::version).containsExactly(1L, 3L);
    assertThat(published()).extracting(Policy::name).containsExactly("one", "one");
  }

  @Test
  void whatMayHaveLandedIsTakenBackWhenTheFileIsGone() throws Exception {
    write("one");
    failToPublish();
    Files.delete(policies.resolve("shop.json"));
    for (int i = 0; i < 3; i++) {
      failToPublish();
    }
    directory.look(false);
    assertThat(published()).extracting(Policy::version).containsExactly(5L);
    assertThat(published().get(0).removed()).isTrue();
    directory.look(false);
    assertThat(published()).hasSize(1);
  }

  private void failToPublish() {
    producer.sendException = new TimeoutException("the broker is away");
    directory.look(true);
    producer.sendException = null;
  }

  private void write(String name) throws Exception {
    Files.writeString(
        policies.resolve("shop.json"),
        "{\"customerId\": \"shop\", \"name\": \"%s\"}".formatted(name));
  }

  private List<Policy> published() {
    return producer.history().stream()
        .map(record -> WireJson.read(record.value(), Policy.class))
        .toList();
  }
}
