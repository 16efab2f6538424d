package no.front.vakt.standalone.up;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A household of a test's own: directories below one place, ports that were free. */
final class House {
  final Path home;
  final List<String> lines = new CopyOnWriteArrayList<>();
  final Map<String, String> settings = new HashMap<>();

  House(Path home) throws IOException {
    this.home = home;
    for (var port :
        List.of(
            "https.port",
            "broker.port",
            "controller.port",
            "control.port",
            "database.port",
            "mail.port",
            "mail.pagePort")) {
      settings.put(port, String.valueOf(FreePorts.next()));
    }
    Files.createDirectories(home.resolve("policies"));
  }

  HouseholdSettings settings() {
    return HouseholdSettings.read(home, Map.of(), settings);
  }

  Household start() {
    var household = new Household(settings(), Clock.systemUTC(), lines::add, workplace -> {});
    household.start();
    return household;
  }

  /** Writes a policy file, as a person would. */
  void policy(String name, String json) throws IOException {
    Files.writeString(home.resolve("policies").resolve(name + ".json"), json);
  }

  /** Asks for a verdict and waits for it, however long the first answer is pending. */
  JsonNode judge(String submission) throws Exception {
    var response = submit(submission);
    if (response.statusCode() == 202) {
      response =
          await()
              .atMost(30, TimeUnit.SECONDS)
              .until(() -> submit(submission), answer -> answer.statusCode() == 200);
    }
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return WireJson.read(response.body(), JsonNode.class);
  }

  /** One call of {@code /v1/verdicts}. */
  HttpResponse<String> submit(String submission) throws IOException, InterruptedException {
    return send(
        door("/v1/verdicts")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(submission)));
  }

  /** A call to the door with the gateway's key. */
  HttpRequest.Builder door(String path) throws IOException {
    return call("https.port", path).header("Authorization", "Bearer " + key("gateway.key"));
  }

  /** A call to the door without any key, as a customer's system makes it. */
  HttpRequest.Builder customer(String path) {
    return call("https.port", path);
  }

  /** A call to control-api with the staff key. */
  HttpRequest.Builder staff(String path) throws IOException {
    return call("control.port", path).header("Authorization", "Bearer " + key("staff.key"));
  }

  private HttpRequest.Builder call(String port, String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + settings.get(port) + path))
        .timeout(Duration.ofSeconds(30));
  }

  private String key(String name) throws IOException {
    return Files.readString(home.resolve("keys").resolve(name)).strip();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpClient client() {
    try {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      try (var in = Files.newInputStream(home.resolve("keys/door/ca.crt"))) {
        trusted.setCertificateEntry(
            "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(context).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything on a topic, in the order of each partition. */
  <T> List<T> read(Household household, Topics topic, Class<T> type) {
    var found = new ArrayList<T>();
    var settings = new HashMap<String, Object>(household.connection());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> found.add(WireJson.read(record.value(), type)));
      }
    }
    return found;
  }
}
