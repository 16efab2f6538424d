package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.scoring.ScoringJob;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerFurnishingTest {
  @TempDir static Path home;
  private static LocalBroker broker;

  @BeforeAll
  static void startAndFurnish() {
    broker =
        LocalBroker.start(
            home.resolve("broker"),
            FreePorts.next(),
            FreePorts.next(),
            Certificates.prepare(home.resolve("keys"), Clock.systemUTC()));
    BrokerFurnishing.apply(broker.connection(Member.HOUSEHOLD));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyTopicIsThereWithItsPartitions() throws Exception {
    try (var admin = admin()) {
      var names = Arrays.stream(Topics.values()).map(Topics::topicName).toList();
      var there = admin.describeTopics(names).allTopicNames().get();
      for (var topic : Topics.values()) {
        assertThat(there.get(topic.topicName()).partitions()).hasSize(topic.partitions());
      }
    }
  }

  @Test
  void aSecondTimeChangesNothingButWhatSomebodyBent() throws Exception {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.SMS_VERDICTS.topicName());
    var strangerMayWrite =
        new AclBinding(
            new ResourcePattern(
                ResourceType.TOPIC, Topics.VAKT_POLICIES.topicName(), PatternType.LITERAL),
            new AccessControlEntry(
                "User:CN=stranger", "*", AclOperation.WRITE, AclPermissionType.ALLOW));
    try (var admin = admin()) {
      var bent = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
      var added =
          new AlterConfigOp(new ConfigEntry("flush.messages", "1"), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(bent, added))).all().get();
      admin.createAcls(Set.of(strangerMayWrite)).all().get();

      BrokerFurnishing.apply(broker.connection(Member.HOUSEHOLD));

      var settings = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      assertThat(settings.get("retention.ms").value())
          .isEqualTo(Topics.SMS_VERDICTS.settings().get("retention.ms"));
      assertThat(settings.get("flush.messages").source())
          .isNotEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
      assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
          .containsExactlyInAnyOrderElementsOf(AccessRules.bindings());
    }
  }

  @Test
  void oneMemberAloneWritesPoliciesAndOneAloneVerdicts() {
    assertThat(writersOf(Topics.VAKT_POLICIES)).containsExactly(Member.CONTROL_API);
    assertThat(writersOf(Topics.SMS_VERDICTS)).containsExactly(Member.SCORING_JOB);
  }

  @Test
  void theBrokerHoldsToTheRulesForEveryMemberAndTopic() {
    for (var member :
        List.of(Member.SCORING_JOB, Member.CONTROL_API, Member.VERDICT_API, Member.OPERATOR)) {
      for (var topic : List.of(Topics.VAKT_POLICIES, Topics.SMS_VERDICTS, Topics.SMS_SUBMITTED)) {
        var rights =
            AccessRules.rights().getOrDefault(member, new AccessRules.Rights(List.of(), List.of()));
        if (rights.writes().contains(topic)) {
          assertThatCode(() -> write(member, topic))
              .as("%s writes %s", member, topic)
              .doesNotThrowAnyException();
        } else {
          assertThatThrownBy(() -> write(member, topic))
              .as("%s writes %s", member, topic)
              .hasCauseInstanceOf(AuthorizationException.class);
        }
        if (rights.reads().contains(topic)) {
          assertThatCode(() -> read(member, topic))
              .as("%s reads %s", member, topic)
              .doesNotThrowAnyException();
        } else {
          assertThatThrownBy(() -> read(member, topic))
              .as("%s reads %s", member, topic)
              .isInstanceOf(AuthorizationException.class);
        }
      }
    }
  }

  @Test
  void theJobMayShowItsReadPositionsUnderItsGroupNames() {
    var topic = Topics.SMS_SUBMITTED.topicName();
    var settings = new HashMap<String, Object>(broker.connection(Member.SCORING_JOB));
    settings.put("group.id", ScoringJob.NAME + "-" + topic);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
      assertThat(consumer.committed(Set.of(partition))).containsKey(partition);
    }
  }

  @Test
  void theOperatorSeesWhatIsThereButChangesNothing() throws Exception {
    try (var admin = Admin.create(Map.copyOf(broker.connection(Member.OPERATOR)))) {
      assertThat(admin.listTopics().names().get()).contains(Topics.SMS_VERDICTS.topicName());
      assertThatThrownBy(
              () -> admin.deleteTopics(List.of(Topics.SMS_VERDICTS.topicName())).all().get())
          .hasCauseInstanceOf(AuthorizationException.class);
    }
  }

  private static List<Member> writersOf(Topics topic) {
    return AccessRules.rights().entrySet().stream()
        .filter(entry -> entry.getValue().writes().contains(topic))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void write(Member member, Topics topic) throws Exception {
    var settings = new HashMap<String, Object>(broker.connection(member));
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(topic.topicName(), "key", "value"))
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static void read(Member member, Topics topic) {
    var partition = new TopicPartition(topic.topicName(), 0);
    var settings = new HashMap<String, Object>(broker.connection(member));
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      consumer.position(partition, Duration.ofSeconds(20));
      consumer.poll(Duration.ofSeconds(1));
    }
  }

  private static Admin admin() {
    return Admin.create(Map.copyOf(broker.connection(Member.HOUSEHOLD)));
  }
}
