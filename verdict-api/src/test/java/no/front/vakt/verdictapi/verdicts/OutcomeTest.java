package no.front.vakt.verdictapi.verdicts;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.FakeJudge;
import no.front.vakt.verdictapi.RunningDoor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir static Path directory;
  private static RunningDoor door;

  @BeforeAll
  static void open() throws Exception {
    door = new RunningDoor(directory, Map.of());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static void became(String messageId, MessageState state, String by) {
    door.broker()
        .put(Topics.SMS_OUTCOMES, "acme", new MessageOutcome("acme", messageId, state, NOON, by));
  }

  private static JsonNode known(String messageId) {
    return door.gateway().get("/v1/customers/acme/verdicts/" + messageId).json();
  }

  private static void awaitState(String messageId, String state) {
    await().until(() -> known(messageId).path("state").asText().equals(state));
  }

  @Test
  void tellsThatAMessageIsParkedAndLaterItsEnd() {
    door.gateway().post(message("acme", "hold-p"));
    became("hold-p", MessageState.PARKED, "verdict");
    awaitState("hold-p", "parked");
    assertThat(known("hold-p").get("outcome").textValue()).isEqualTo("HOLD");
    assertThat(known("hold-p").get("at").textValue()).isEqualTo("2026-11-23T12:00:00.000Z");

    became("hold-p", MessageState.SENT, "kari");

    awaitState("hold-p", "sent");
    assertThat(known("hold-p").get("by").textValue()).isEqualTo("kari");
    assertThat(known("hold-p").get("outcome").textValue()).isEqualTo("HOLD");
  }

  @Test
  void tellsEveryEnd() {
    door.gateway().post(message("acme", "allow-s"));
    door.gateway().post(message("acme", "hold-e"));
    became("allow-s", MessageState.SENT, "verdict");
    became("hold-e", MessageState.PARKED, "verdict");
    became("hold-e", MessageState.EXPIRED, "valid-until");
    became("elsewhere-r", MessageState.REJECTED, null);

    awaitState("allow-s", "sent");
    awaitState("hold-e", "expired");
    awaitState("elsewhere-r", "rejected");
    assertThat(known("elsewhere-r").fieldNames())
        .toIterable()
        .containsExactly("customerId", "messageId", "state", "at");
  }

  @Test
  void keepsTheFirstEndAndSkipsWhatIsNoOutcome() {
    became("hold-f", MessageState.PARKED, "verdict");
    became("hold-f", MessageState.REJECTED, "kari");
    door.broker().put(Topics.SMS_OUTCOMES, "acme", "{\"customerId\":\"acme\"}");
    door.broker().put(Topics.SMS_OUTCOMES, "acme", "no json");
    became("hold-f", MessageState.PARKED, "verdict");
    became("hold-f", MessageState.SENT, "ola");
    became("hold-behind", MessageState.PARKED, "verdict");

    awaitState("hold-behind", "parked");
    assertThat(known("hold-f").get("state").textValue()).isEqualTo("rejected");
  }

  @Test
  void readsBackADayOfParkedMessagesAfterARestartAndTheirEnds() throws Exception {
    letTimestampsBeTold();
    Instant yesterday = Instant.now().minus(Duration.ofHours(20));
    becameAt("long-p", MessageState.PARKED, yesterday);
    becameAt("long-e", MessageState.PARKED, yesterday);
    becameAt("long-e", MessageState.EXPIRED, yesterday.plusSeconds(60));
    becameAt("long-s", MessageState.SENT, yesterday);
    becameAt("long-last", MessageState.PARKED, yesterday.plusSeconds(120));

    door.reopen();

    awaitState("long-last", "parked");
    assertThat(known("long-p").get("state").textValue()).isEqualTo("parked");
    assertThat(known("long-e").get("state").textValue()).isEqualTo("expired");
    assertThat(known("long-e").has("outcome")).as("its verdict is no longer at hand").isFalse();
    assertThat(door.gateway().get("/v1/customers/acme/verdicts/long-s").status()).isEqualTo(404);
  }

  /** The topic takes the log's own time, which no test can wait for. */
  private static void letTimestampsBeTold() throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, Topics.SMS_OUTCOMES.topicName());
    AlterConfigOp told =
        new AlterConfigOp(
            new ConfigEntry("message.timestamp.type", "CreateTime"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(door.broker().clientProperties())) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(told))).all().get();
    }
    Instant early = Instant.now().minusSeconds(3_600);
    await()
        .until(
            () ->
                put("somebody-else", "probe", MessageState.SENT, early).timestamp()
                    == early.toEpochMilli());
  }

  private static void becameAt(String messageId, MessageState state, Instant at) throws Exception {
    put("acme", messageId, state, at);
  }

  private static RecordMetadata put(
      String customerId, String messageId, MessageState state, Instant at) throws Exception {
    try (Producer<byte[], byte[]> producer = FakeJudge.producer(door.broker().clientProperties())) {
      return producer
          .send(
              new ProducerRecord<>(
                  Topics.SMS_OUTCOMES.topicName(),
                  null,
                  at.toEpochMilli(),
                  customerId.getBytes(StandardCharsets.UTF_8),
                  WireJson.bytes(new MessageOutcome(customerId, messageId, state, at, null))))
          .get();
    }
  }

  @Test
  void readsWhatBecameOfMessagesBackAfterARestart() throws Exception {
    door.gateway().post(message("acme", "hold-back"));
    became("hold-back", MessageState.PARKED, "verdict");
    awaitState("hold-back", "parked");

    door.reopen();

    awaitState("hold-back", "parked");
    assertThat(known("hold-back").get("outcome").textValue()).isEqualTo("HOLD");
  }
}
