package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDirectoryTest {
  private static final KeyRing KEYS = KeyRing.generate();
  private static final String SHOP = "{\n  \"customerId\": \"shop\",\n  \"name\": \"%s\"\n}\n";

  @TempDir static Path home;
  private static LocalBroker broker;

  @TempDir Path policies;
  private final List<String> notices = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startBroker() {
    broker =
        LocalBroker.start(
            home.resolve("broker"),
            FreePorts.next(),
            FreePorts.next(),
            Certificates.prepare(home.resolve("keys"), Clock.systemUTC()));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void furnish() {
    BrokerFurnishing.apply(broker.connection(Member.HOUSEHOLD));
  }

  @AfterEach
  void removeTheTopic() throws Exception {
    try (var admin = Admin.create(new HashMap<>(broker.connection(Member.HOUSEHOLD)))) {
      admin.deleteTopics(List.of(Topics.VAKT_POLICIES.topicName())).all().get();
      await()
          .until(
              () -> !admin.listTopics().names().get().contains(Topics.VAKT_POLICIES.topicName()));
    }
  }

  @Test
  void whatIsThereAtTheStartIsPublishedBeforeItReturns() throws Exception {
    write("shop.json", SHOP.formatted("The shop"));
    write("README.md", "not a policy");
    var before = Instant.now();
    whileWatching(
        () -> {
          assertThat(inForce()).hasSize(1);
          var published = published();
          assertThat(published).hasSize(1);
          assertThat(published.get(0).name()).isEqualTo("The shop");
          assertThat(published.get(0).version()).isEqualTo(1);
          assertThat(published.get(0).effectiveFrom()).isAfterOrEqualTo(before);
        });
  }

  @Test
  void aChangeBecomesTheNextVersionAndARestartChangesNothing() throws Exception {
    write("shop.json", SHOP.formatted("one"));
    whileWatching(
        () -> {
          write("shop.json", SHOP.formatted("two"));
          await().untilAsserted(() -> assertThat(names()).containsExactly("one", "two"));
        });
    whileWatching(
        () -> {
          assertThat(published()).extracting(Policy::version).containsExactly(1L, 2L);
        });
    write("shop.json", SHOP.formatted("three"));
    whileWatching(
        () -> {
          assertThat(published()).extracting(Policy::version).containsExactly(1L, 2L, 3L);
        });
  }

  @Test
  void aTimeAheadIsKeptAndAGivenVersionIsTheLeast() throws Exception {
    var later = "2199-01-01T00:00:00.000Z";
    write(
        "shop.json",
        """
        {"customerId": "shop", "name": "later", "version": 7, "effectiveFrom": "%s"}
        """
            .formatted(later));
    whileWatching(
        () -> {
          assertThat(published()).hasSize(1);
          assertThat(published().get(0).version()).isEqualTo(7);
          assertThat(published().get(0).effectiveFrom()).isEqualTo(Instant.parse(later));
        });
    whileWatching(
        () -> {
          assertThat(published()).hasSize(1);
        });
  }

  @Test
  void aRemovedFileEndsThePolicyAlsoWhenItWentWhileNobodyWatched() throws Exception {
    write("shop.json", SHOP.formatted("shop"));
    write("gym.json", "{\"customerId\": \"gym\"}");
    whileWatching(
        () -> {
          Files.delete(policies.resolve("shop.json"));
          await()
              .untilAsserted(
                  () -> assertThat(published().get(published().size() - 1).removed()).isTrue());
          assertThat(inForce()).hasSize(1);
        });
    Files.delete(policies.resolve("gym.json"));
    whileWatching(
        () -> {
          var last = published().get(published().size() - 1);
          assertThat(last.customerId()).isEqualTo("gym");
          assertThat(last.removed()).isTrue();
          assertThat(last.version()).isEqualTo(2);
          assertThat(inForce()).isEmpty();
        });
  }

  @Test
  void aMalformedFileKeepsTheLastGoodAndIsToldOfOnceWithLineAndField() throws Exception {
    write("shop.json", SHOP.formatted("good"));
    whileWatching(
        () -> {
          write("shop.json", "{\n  \"customerId\": \"shop\",\n  \"critical\": \"perhaps\"\n}\n");
          await().untilAsserted(() -> assertThat(problems()).hasSize(1));
          assertThat(problems().get(0)).contains("shop.json", "line 3", "critical");
          assertThat(names()).containsExactly("good");

          write("shop.json", SHOP.formatted("better"));
          await().untilAsserted(() -> assertThat(names()).containsExactly("good", "better"));
          assertThat(problems()).hasSize(1);
        });
  }

  @Test
  void whatTheJudgeWouldNotUnderstandIsRefusedWithEveryProblemAndItsLine() throws Exception {
    write(
        "shop.json",
        """
        {
          "customerId": "shop",
          "language": "xx",
          "rules": [
            {"id": "a", "kind": "volume-limit", "action": "BLOCK",
             "limit": "many", "windowSeconds": 60, "per": "customer"}
          ]
        }
        """);
    whileWatching(
        () -> {
          assertThat(problems()).hasSize(1);
          assertThat(problems().get(0))
              .contains("shop.json", "line 3: language", "line 6: rules[0].limit");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void aFileThatCannotBeUsedStopsNoOther() throws Exception {
    write("a.json", "{\"customerId\": \"a\", \"contacts\": [{\"name\": \"Ola\"}]}");
    write(
        "b.json",
        "{\"customerId\": \"b\", \"frozen\": {\"until\": \"+999999999-12-31T23:59:59-18:00\"}}");
    write("c.json", "{\"customerId\": \"c\", \"version\": 9223372036854775807}");
    Files.createSymbolicLink(policies.resolve("d.json"), policies.resolve("d.json"));
    write("shop.json", SHOP.formatted("good"));
    whileWatching(
        () -> {
          assertThat(names()).containsExactly("good");
          assertThat(problems()).hasSize(3);
          assertThat(problems())
              .anyMatch(p -> p.contains("a.json") && p.contains("contacts[0].email"));
          assertThat(problems()).anyMatch(p -> p.contains("b.json") && p.contains("frozen.until"));
          assertThat(problems()).anyMatch(p -> p.contains("c.json") && p.contains("version"));
        });
  }

  @Test
  void aPolicyThatIsTooLargeOnceSealedIsRefused() throws Exception {
    var contact = "{\"name\": \"Kari\", \"email\": \"kari@shop.example\"}";
    var contacts = (contact + ",").repeat(4_500) + contact;
    write("shop.json", "{\"customerId\": \"shop\", \"contacts\": [" + contacts + "]}");
    whileWatching(
        () -> {
          assertThat(problems()).singleElement().asString().contains("shop.json", "sealed");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void refusesADirectoryThatEverybodyMayWriteTo() throws Exception {
    Files.setPosixFilePermissions(policies, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(this::watch)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Everybody may write");
  }

  @Test
  void whileAFileCannotBeReadNothingIsTakenBack() throws Exception {
    write("shop.json", SHOP.formatted("shop"));
    watch().close();
    write("shop.json", "{\"customerId\": \"sh");
    whileWatching(
        () -> {
          assertThat(problems()).hasSize(1);
          assertThat(problems().get(0)).contains("shop.json", "line 1");
          assertThat(inForce()).hasSize(1);
          assertThat(published()).hasSize(1);
        });
  }

  @Test
  void aPolicyThatIsTooLargeIsRefused() throws Exception {
    write("shop.json", SHOP.formatted("x".repeat(Policy.MAX_BYTES)));
    whileWatching(
        () -> {
          assertThat(problems())
              .singleElement()
              .asString()
              .contains("shop.json", "larger than 256 KiB");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void twoFilesAboutOneCustomerAreBothRefused() throws Exception {
    write("a.json", SHOP.formatted("a"));
    write("b.json", SHOP.formatted("b"));
    whileWatching(
        () -> {
          assertThat(problems())
              .singleElement()
              .asString()
              .contains("a.json", "b.json", "customer shop");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void aPolicyThatIsKeptElsewhereIsLeftAlone() throws Exception {
    try (var other =
        new PolicyTopic(
            broker.connection(Member.POLICY_PUBLISHER), "somebody-else", KEYS.sealing())) {
      other.publish(WireJson.read(SHOP.formatted("theirs"), Policy.class));
    }
    write("shop.json", SHOP.formatted("ours"));
    whileWatching(
        () -> {
          assertThat(problems()).singleElement().asString().contains("kept elsewhere");
        });
    Files.delete(policies.resolve("shop.json"));
    watch().close();
    assertThat(names()).containsExactly("theirs");
  }

  @Test
  void ofTwoRecordsOfOneVersionTheFirstIsInForceSoTheOtherIsPublishedAnew() throws Exception {
    try (var earlier =
        new PolicyTopic(
            broker.connection(Member.POLICY_PUBLISHER),
            PolicyDirectory.PUBLISHER,
            KEYS.sealing())) {
      var one = "{\"customerId\": \"shop\", \"version\": 1, \"name\": \"%s\"}";
      earlier.publish(WireJson.read(one.formatted("one"), Policy.class));
      earlier.publish(WireJson.read(one.formatted("two"), Policy.class));
    }
    write("shop.json", SHOP.formatted("two"));
    watch().close();
    assertThat(names()).containsExactly("one", "two", "two");
    assertThat(published()).extracting(Policy::version).containsExactly(1L, 1L, 2L);
  }

  @Test
  void anotherFilesChangeDoesNotTellAProblemAgain() throws Exception {
    write("a.json", SHOP.formatted("a"));
    write("b.json", SHOP.formatted("b"));
    whileWatching(
        () -> {
          write("gym.json", "{\"customerId\": \"gym\"}");
          await().untilAsserted(() -> assertThat(inForce()).containsExactly("gym"));
          write("spa.json", "{\"customerId\": \"spa\"}");
          await().untilAsserted(() -> assertThat(inForce()).containsExactly("gym", "spa"));
          assertThat(problems()).hasSize(1);
        });
  }

  @Test
  void contactsRestSealedAndAreStillRecognised() throws Exception {
    write(
        "shop.json",
        """
        {"customerId": "shop", "contacts": [{"name": "Kari", "email": "kari@shop.example"}]}
        """);
    watch().close();
    watch().close();
    assertThat(published()).hasSize(1);
    assertThat(WireJson.text(published().get(0))).doesNotContain("kari@shop.example");
  }

  @Test
  void refusesADirectoryThatIsMissing() {
    assertThatThrownBy(
            () ->
                PolicyDirectory.watch(
                    policies.resolve("nowhere"),
                    broker.connection(Member.POLICY_PUBLISHER),
                    KEYS.sealing(),
                    Clock.systemUTC(),
                    notices::add))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("policies.directory");
  }

  private PolicyDirectory watch() {
    return PolicyDirectory.watch(
        policies,
        broker.connection(Member.POLICY_PUBLISHER),
        KEYS.sealing(),
        Clock.systemUTC(),
        notices::add);
  }

  private interface Deed {
    void run() throws Exception;
  }

  private void whileWatching(Deed deed) throws Exception {
    var watching = watch();
    try {
      deed.run();
    } finally {
      watching.close();
    }
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(policies.resolve(name), content);
  }

  private List<String> problems() {
    return notices.stream().filter(notice -> !notice.contains(" is published as ")).toList();
  }

  private static List<String> inForce() {
    var removed = new TreeMap<String, Boolean>();
    published().forEach(policy -> removed.put(policy.customerId(), policy.removed()));
    return removed.keySet().stream()
        .filter(customerId -> !removed.getOrDefault(customerId, false))
        .toList();
  }

  private static List<String> names() {
    return published().stream().map(policy -> String.valueOf(policy.name())).toList();
  }

  private static List<Policy> published() {
    var partition = new TopicPartition(Topics.VAKT_POLICIES.topicName(), 0);
    var settings = new HashMap<String, Object>(broker.connection(Member.HOUSEHOLD));
    var found = new ArrayList<Policy>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> found.add(WireJson.read(record.value(), Policy.class)));
      }
    }
    return found;
  }
}
