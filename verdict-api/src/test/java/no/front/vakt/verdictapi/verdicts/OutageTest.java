package no.front.vakt.verdictapi.verdicts;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import no.front.vakt.contract.Topics;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.FakeJudge;
import no.front.vakt.verdictapi.RunningDoor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  @TempDir Path directory;
  private RunningDoor door;

  @BeforeEach
  void open() throws Exception {
    door = new RunningDoor(directory, Map.of());
    // A broker that has just made its topics may take longer than the door's patience.
    await()
        .atMost(RECOVERY)
        .until(() -> door.gateway().post(message("acme", "allow-warm-up")).status() == 200);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void tellsThatTheLogIsAwayAndGoesOnWhenItIsBack() {
    assertThat(door.gateway().post(message("acme", "allow-before")).status()).isEqualTo(200);
    door.broker().close();

    Caller.Answered away = door.gateway().post(message("acme", "allow-away"));

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.json().get("code").textValue()).isEqualTo("not-known-to-be-accepted");
    assertThat(away.header("Retry-After")).isEqualTo("1");
    Caller.Answered batch =
        door.gateway().post(List.of(message("acme", "allow-b1"), message("acme", "allow-b2")));
    assertThat(batch.status()).isEqualTo(503);
    assertThat(batch.header("Retry-After")).isEqualTo("1");
    assertThat(batch.json()).hasSize(2);
    assertThat(door.gateway().post(message("acme", "allow-before")).status())
        .as("what is remembered is told all the same")
        .isEqualTo(200);
    await().atMost(RECOVERY).until(() -> door.gateway().get("/v1/health").status() == 503);

    door.broker().start();

    await()
        .atMost(RECOVERY)
        .until(() -> door.gateway().post(message("acme", "allow-away")).status() == 200);
    await().atMost(RECOVERY).until(() -> door.gateway().get("/v1/health").status() == 200);
  }

  @Test
  void remembersItsAnswersOverARestartAndLeavesRepeatsToTheJudge() throws Exception {
    door.gateway().post(message("acme", "hold-kept"));

    door.reopen();

    Caller.Answered known = door.gateway().get("/v1/customers/acme/verdicts/hold-kept");
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.json().get("outcome").textValue()).isEqualTo("HOLD");
    assertThat(door.gateway().post(message("acme", "hold-kept")).status()).isEqualTo(200);
    assertThat(door.judge().timesSeen("hold-kept")).isEqualTo(2);
    assertThat(door.gateway().post(message("acme", "hold-kept")).body())
        .contains("\"ruleId\":\"repeat\"");
    assertThat(door.judge().timesSeen("hold-kept")).isEqualTo(2);
  }

  @Test
  void skipsWhatIsNoAnswer() {
    List<String> poison =
        List.of(
            "no json",
            "{}",
            "{\"identity\":{}}",
            "{\"identity\":{\"customerId\":\"acme\",\"messageId\":\"x\"}}",
            "{\"identity\":{\"customerId\":\"acme\",\"messageId\":\"x\"},\"verdict\":{}}",
            "[]");
    try (Producer<byte[], byte[]> producer = FakeJudge.producer(door.broker().clientProperties())) {
      for (String value : poison) {
        producer.send(
            new ProducerRecord<>(
                Topics.SMS_ANSWERS.topicName(), 0, null, value.getBytes(StandardCharsets.UTF_8)));
      }
      producer.send(new ProducerRecord<>(Topics.SMS_ANSWERS.topicName(), 0, null, null));
    }

    assertThat(door.gateway().post(message("acme", "allow-after")).status()).isEqualTo(200);
    assertThat(door.gateway().get("/v1/health").status()).isEqualTo(200);
  }

  @Test
  void keepsTheFirstVerdictWhenTheJudgeAnswersAgain() {
    door.gateway().post(message("acme", "block-first"));
    try (Producer<byte[], byte[]> producer = FakeJudge.producer(door.broker().clientProperties())) {
      producer.send(
          new ProducerRecord<>(
              Topics.SMS_ANSWERS.topicName(),
              0,
              null,
              ("{\"identity\":{\"customerId\":\"acme\",\"messageId\":\"block-first\"},\"verdict\":"
                      + "{\"customerId\":\"acme\",\"messageId\":\"block-first\",\"outcome\":\"ALLOW\","
                      + "\"score\":0,\"policyVersion\":1,\"defaultVersion\":1,\"findings\":[]}}")
                  .getBytes(StandardCharsets.UTF_8)));
    }
    door.gateway().post(message("acme", "allow-behind-it"));

    assertThat(
            door.gateway()
                .get("/v1/customers/acme/verdicts/block-first")
                .json()
                .get("outcome")
                .textValue())
        .isEqualTo("BLOCK");
  }

  @Test
  void closesAfterTheLastCallerHasItsAnswer() {
    door.judge().silent(true);
    var waiting = door.gateway().postAsync(message("acme", "allow-last"));
    await().until(() -> door.judge().timesSeen("allow-last") == 1);
    int port = door.port();
    var closed = CompletableFuture.runAsync(this::reopenDoor);
    await().atMost(RECOVERY).until(() -> refusesConnections(port));
    assertThat(waiting).isNotDone();
    door.judge().silent(false);

    assertThat(waiting.join().status()).isEqualTo(200);
    closed.join();
  }

  private static boolean refusesConnections(int port) throws IOException {
    try (var socket = new Socket("localhost", port)) {
      return !socket.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  private void reopenDoor() {
    try {
      door.reopen();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
