package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  private static final String TOPIC = "letters";

  @TempDir Path home;

  @Test
  void keepsItsRecordsAcrossARestart() throws Exception {
    String clusterId;
    try (var broker = start("keys")) {
      makeTopic(broker);
      send(broker.connection(Member.HOUSEHOLD), "first");
      clusterId = broker.clusterId();
    }
    try (var broker = start("keys")) {
      send(broker.connection(Member.HOUSEHOLD), "second");
      assertThat(readAll(broker.connection(Member.HOUSEHOLD))).containsExactly("first", "second");
      assertThat(broker.clusterId()).isEqualTo(clusterId);
    }
  }

  @Test
  void startsOverAFormatThatACrashCutShort() throws Exception {
    Files.createDirectories(home.resolve("var/.broker.new"));
    Files.writeString(home.resolve("var/.broker.new/bootstrap.checkpoint"), "half");
    try (var broker = start("keys")) {
      makeTopic(broker);
      assertThat(Files.exists(home.resolve("var/.broker.new"))).isFalse();
    }
  }

  @Test
  void refusesACallerWithoutACertificateOfTheHousehold() {
    try (var broker = start("keys")) {
      var strangers = Certificates.prepare(home.resolve("other-keys"), Clock.systemUTC());
      var stranger = new HashMap<>(broker.connection(Member.HOUSEHOLD));
      stranger.put(
          "ssl.keystore.location",
          strangers.kafkaTls(Member.HOUSEHOLD).get("ssl.keystore.location"));
      assertThatThrownBy(() -> send(stranger, "hello"))
          .hasRootCauseInstanceOf(javax.net.ssl.SSLException.class);

      var nobody = new HashMap<>(broker.connection(Member.HOUSEHOLD));
      nobody.remove("ssl.keystore.location");
      nobody.remove("ssl.keystore.type");
      assertThatThrownBy(() -> send(nobody, "hello"))
          .satisfies(
              e ->
                  assertThat(e)
                      .hasStackTraceContaining(SslAuthenticationException.class.getSimpleName()));
    }
  }

  @Test
  void refusesAMemberWithoutARule() throws Exception {
    try (var broker = start("keys")) {
      makeTopic(broker);
      assertThatThrownBy(() -> send(broker.connection(Member.ALERTING), "hello"))
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  private LocalBroker start(String keys) {
    return LocalBroker.start(
        home.resolve("var/broker"),
        FreePorts.next(),
        FreePorts.next(),
        Certificates.prepare(home.resolve(keys), Clock.systemUTC()));
  }

  private static void makeTopic(LocalBroker broker) throws Exception {
    try (var admin = Admin.create(Map.copyOf(broker.connection(Member.HOUSEHOLD)))) {
      admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void send(Map<String, String> connection, String value) throws Exception {
    var settings = new HashMap<String, Object>(connection);
    settings.put("max.block.ms", "10000");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private static List<String> readAll(Map<String, String> connection) {
    var partition = new TopicPartition(TOPIC, 0);
    try (var consumer =
        new KafkaConsumer<>(
            new HashMap<String, Object>(connection),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      var values = new java.util.ArrayList<String>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
