package no.front.vakt.verdictapi.verdicts;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Topics;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.RunningDoor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCrypt;

class PresentedAccessTest {
  @TempDir static Path directory;
  private static RunningDoor door;

  @BeforeAll
  static void open() throws Exception {
    door = new RunningDoor(directory, Map.of());
    door.broker()
        .put(
            Topics.VAKT_POLICIES,
            "acme",
            "{\"customerId\":\"acme\",\"version\":1,\"access\":{\"passwordHash\":\""
                + BCrypt.hashpw("hemmelig", BCrypt.gensalt(4))
                + "\"}}");
    await().until(() -> door.gateway().post(presenting("allow-wait", "hemmelig")).status() == 200);
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static Map<String, Object> presenting(String messageId, Object password) {
    Map<String, Object> message = message("acme", messageId);
    message.put("access", Map.of("address", "203.0.113.9", "password", password));
    return message;
  }

  @Test
  void refusesTheOneWhoseCustomerIsNotLetInAndNeverShowsWhatItPresented() {
    Caller.Answered refused = door.gateway().post(presenting("allow-wrong", "feil-passord"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("code").textValue()).isEqualTo("access-refused");
    assertThat(refused.json().get("messageId").textValue()).isEqualTo("allow-wrong");
    assertThat(refused.body()).doesNotContain("feil-passord", "203.0.113.9");
    assertThat(door.judge().timesSeen("allow-wrong")).isZero();
  }

  @Test
  void refusesOfABatchThatItemOnly() {
    Caller.Answered answered =
        door.gateway()
            .post(
                List.of(
                    presenting("allow-1", "hemmelig"),
                    presenting("allow-2", "feil"),
                    message("acme", "allow-3")));

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().get(0).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(answered.json().get(1).get("code").textValue()).isEqualTo("access-refused");
    assertThat(answered.json().get(2).get("outcome").textValue()).isEqualTo("ALLOW");
  }

  @Test
  void tellsFieldsThatAreWrong() {
    Map<String, Object> message = presenting("allow-odd", 7);
    assertThat(door.gateway().post(message).body()).contains("access.password");
    message.put("access", Map.of("address", "office.example"));
    assertThat(door.gateway().post(message).body()).contains("access.address");
    message.put("access", "x");
    assertThat(door.gateway().post(message).body()).contains("\"access\"");
  }
}
