package no.front.vakt.standalone.up;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import no.front.vakt.contract.Topics;
import no.front.vakt.standalone.Refusal;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Brings a broker's topics and access rules to what {@link Topics} and {@link AccessRules} say:
 * makes what is missing, corrects what differs, takes away rules that are no longer there. Doing it
 * again changes nothing.
 */
final class BrokerFurnishing {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final short ONE_COPY = 1;

  private final Admin admin;

  private BrokerFurnishing(Admin admin) {
    this.admin = admin;
  }

  /** Furnishes the broker behind this connection, which must be a super user's. */
  static void apply(Map<String, String> connection) {
    try (var admin = Admin.create(new HashMap<>(connection))) {
      var furnishing = new BrokerFurnishing(admin);
      furnishing.applyRules();
      furnishing.applyTopics();
      furnishing.awaitLeaders();
    }
  }

  private void applyRules() {
    var wanted = AccessRules.bindings();
    var there = get(admin.describeAcls(AclBindingFilter.ANY).values());
    get(admin.createAcls(without(wanted, there)).all());
    get(admin.deleteAcls(without(there, wanted).stream().map(AclBinding::toFilter).toList()).all());
  }

  /** Whether nothing was ever written to a topic, or all of it is gone. */
  static boolean isEmpty(Map<String, String> connection, Topics topic) {
    try (var admin = Admin.create(new HashMap<>(connection))) {
      var first = new HashMap<TopicPartition, OffsetSpec>();
      var next = new HashMap<TopicPartition, OffsetSpec>();
      for (int partition = 0; partition < topic.partitions(); partition++) {
        var place = new TopicPartition(topic.topicName(), partition);
        first.put(place, OffsetSpec.earliest());
        next.put(place, OffsetSpec.latest());
      }
      var firsts = get(admin.listOffsets(first).all());
      var nexts = get(admin.listOffsets(next).all());
      return firsts.entrySet().stream()
          .allMatch(
              entry ->
                  entry.getValue().offset()
                      == Objects.requireNonNull(nexts.get(entry.getKey())).offset());
    }
  }

  private static Set<AclBinding> without(Collection<AclBinding> all, Collection<AclBinding> these) {
    var rest = new LinkedHashSet<>(all);
    rest.removeAll(Set.copyOf(these));
    return rest;
  }

  private void applyTopics() {
    var there = get(admin.listTopics().names());
    var missing =
        Arrays.stream(Topics.values()).filter(topic -> !there.contains(topic.topicName())).toList();
    get(admin.createTopics(missing.stream().map(BrokerFurnishing::newTopic).toList()).all());
    var kept = Arrays.stream(Topics.values()).filter(topic -> !missing.contains(topic)).toList();
    if (!kept.isEmpty()) {
      checkPartitions(kept);
      correctSettings(kept);
    }
  }

  /**
   * Waits until every partition answers. A producer that pipelines onto a partition which does not
   * answer yet may have its second batch taken and its first refused for good.
   */
  private void awaitLeaders() {
    var ends = new HashMap<TopicPartition, OffsetSpec>();
    for (var topic : Topics.values()) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        ends.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
      }
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        admin.listOffsets(ends).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (ExecutionException | TimeoutException e) {
        // A topic just made is not known everywhere at once, and that is not retried by itself.
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw new Refusal("The broker's topics do not answer: %s.".formatted(e.getMessage()), e);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refusal("The start was interrupted.", e);
      }
    }
  }

  private static NewTopic newTopic(Topics topic) {
    return new NewTopic(topic.topicName(), topic.partitions(), ONE_COPY).configs(topic.settings());
  }

  private void checkPartitions(List<Topics> topics) {
    var there =
        get(admin.describeTopics(topics.stream().map(Topics::topicName).toList()).allTopicNames());
    for (var topic : topics) {
      int partitions = there.get(topic.topicName()).partitions().size();
      if (partitions != topic.partitions()) {
        throw new Refusal(
            "The topic %s has %d partitions where this version wants %d: see docs/operations/household.md."
                .formatted(topic.topicName(), partitions, topic.partitions()));
      }
    }
  }

  private void correctSettings(List<Topics> topics) {
    var there =
        get(admin.describeConfigs(topics.stream().map(BrokerFurnishing::resource).toList()).all());
    var corrections = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    for (var topic : topics) {
      var corrected = corrections(topic.settings(), there.get(resource(topic)));
      if (!corrected.isEmpty()) {
        corrections.put(resource(topic), corrected);
      }
    }
    get(admin.incrementalAlterConfigs(corrections).all());
  }

  private static Collection<AlterConfigOp> corrections(Map<String, String> wanted, Config there) {
    var corrections = new ArrayList<AlterConfigOp>();
    wanted.forEach(
        (name, value) -> {
          var entry = there.get(name);
          if (entry == null || !value.equals(entry.value())) {
            corrections.add(new AlterConfigOp(new ConfigEntry(name, value), OpType.SET));
          }
        });
    for (var entry : there.entries()) {
      if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG
          && !wanted.containsKey(entry.name())) {
        corrections.add(new AlterConfigOp(new ConfigEntry(entry.name(), null), OpType.DELETE));
      }
    }
    return corrections;
  }

  private static ConfigResource resource(Topics topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new Refusal(
          "The broker's topics and access rules could not be set up: %s."
              .formatted(cause.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The start was interrupted.", e);
    }
  }
}
