package no.front.vakt.controlapi.applied;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.Topics;
import no.front.vakt.controlapi.LogCapture;
import no.front.vakt.controlapi.PolicyTopicReader;
import no.front.vakt.controlapi.RunningControl;
import no.front.vakt.controlapi.TestBroker;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliedPoliciesTest {
  private static final AtomicBoolean BREAKS = new AtomicBoolean();

  @TempDir Path directory;

  /** A plug-in of Kafka's clients that throws, once, what Kafka does not. */
  public static final class BreakingProvider implements ConfigProvider {
    @Override
    public ConfigData get(String path) {
      return get(path, Set.of());
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
      if (BREAKS.compareAndSet(true, false)) {
        throw new IllegalStateException("a plug-in is broken");
      }
      return new ConfigData(Map.of("name", "a-reader"));
    }

    @Override
    public void close() {
      // Nothing is open.
    }

    @Override
    public void configure(Map<String, ?> configs) {
      // There is nothing to set.
    }
  }

  private static ConditionFactory soon() {
    return Awaitility.await().atMost(RunningControl.PATIENCE);
  }

  private static void write(TestBroker broker) throws Exception {
    new PolicyTopicReader(broker)
        .write(
            Topics.VAKT_APPLIED_POLICIES,
            "scoring/0/applied",
            new AppliedPolicy("scoring", 0, 1, "applied", 4, null, null),
            "scoring");
  }

  @Test
  void readsOnAfterAFailureThatIsNotOfKafka() throws Exception {
    BREAKS.set(true);
    try (TestBroker broker = new TestBroker(directory);
        LogCapture log = new LogCapture(AppliedPolicies.class)) {
      write(broker);
      Map<String, Object> kafka = new HashMap<>(broker.clientProperties());
      kafka.put("config.providers", "breaking");
      kafka.put("config.providers.breaking.class", BreakingProvider.class.getName());
      kafka.put("client.id", "${breaking:somewhere:name}");
      try (AppliedPolicies applied = new AppliedPolicies(kafka)) {
        soon().untilAsserted(() -> assertThat(applied.of("applied")).hasSize(1));
      }
      assertThat(BREAKS).isFalse();
      assertThat(log.warnings()).containsExactly("What the jobs applied cannot be read, trying on");
    }
  }

  @Test
  void tellsOnceWhyItCannotReadAndThatItDoesAgain() throws Exception {
    try (TestBroker broker = new TestBroker(directory);
        LogCapture log = new LogCapture(AppliedPolicies.class)) {
      write(broker);
      broker.deny(Topics.VAKT_APPLIED_POLICIES, AclOperation.READ);
      try (AppliedPolicies applied = new AppliedPolicies(broker.clientProperties())) {
        soon().untilAsserted(() -> assertThat(log.warnings()).isNotEmpty());
        assertThat(applied.of("applied")).isEmpty();
        broker.allow();
        soon()
            .untilAsserted(
                () ->
                    assertThat(log.news()).containsExactly("What the jobs applied is read again"));
        assertThat(applied.of("applied")).hasSize(1);
      }
      assertThat(log.warnings()).singleElement().asString().contains("TopicAuthorizationException");
    }
  }
}
