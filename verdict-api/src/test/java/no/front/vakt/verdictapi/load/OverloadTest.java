package no.front.vakt.verdictapi.load;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.RunningDoor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverloadTest {
  @TempDir static Path directory;
  private static RunningDoor door;

  @BeforeAll
  static void open() throws Exception {
    door =
        new RunningDoor(
            directory,
            Map.of(
                "load.customerPerSecond", "1",
                "load.customerBurst", "3",
                "load.alwaysAdmitted", "5"));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  /** What it takes to the second is CustomerAllowanceTest's; the clock of a door is real. */
  @Test
  void slowsDownTheCustomerThatIsTooFastAndNobodyElse() {
    List<Map<String, Object>> burst = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      burst.add(message("hasty", "allow-h" + i));
    }
    burst.add(message("patient", "allow-p"));

    JsonNode answered = door.gateway().post(burst).json();

    assertThat(answered.get(2).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(answered.get(19).get("code").textValue()).isEqualTo("customer-too-fast");
    assertThat(answered.get(19).get("messageId").textValue()).isEqualTo("allow-h19");
    assertThat(answered.get(20).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(door.judge().timesSeen("allow-h19")).isZero();
  }

  @Test
  void tellsACustomerThatIsTooFastWhenToTryAgain() {
    AtomicInteger sent = new AtomicInteger();
    Caller.Answered refused =
        await()
            .until(
                () -> door.gateway().post(message("eager", "allow-e" + sent.incrementAndGet())),
                answered -> answered.status() != 200);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    assertThat(refused.json().get("code").textValue()).isEqualTo("customer-too-fast");
  }

  @Test
  void asksForEachOfABatchAnew() {
    await().until(() -> door.gateway().get("/v1/health").json().get("unanswered").intValue() == 0);
    door.judge().silent(true);
    List<Map<String, Object>> batch = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      batch.add(message("of-many-" + i, "allow-m" + i));
    }

    Caller.Answered answered = door.gateway().post("/v1/verdicts?deadlineMillis=0", batch);

    assertThat(answered.status()).isEqualTo(202);
    assertThat(answered.json().get(4).get("status").textValue()).isEqualTo("pending");
    assertThat(answered.json().get(5).get("code").textValue()).isEqualTo("overloaded");
    assertThat(answered.json().get(7).get("messageId").textValue()).isEqualTo("allow-m7");
    door.judge().silent(false);
    await().until(() -> door.gateway().get("/v1/health").json().get("unanswered").intValue() == 0);
    assertThat(door.judge().timesSeen("allow-m5")).isZero();
  }

  @Test
  void shedsWhatIsMoreThanIsAnsweredInTimeAndRecovers() {
    door.judge().silent(true);
    for (int i = 0; i < 5; i++) {
      Caller.Answered taken =
          door.gateway()
              .post("/v1/verdicts?deadlineMillis=0", message("customer-" + i, "allow-s" + i));
      assertThat(taken.status()).isEqualTo(202);
    }

    Caller.Answered shed = door.gateway().post(message("customer-6", "allow-shed"));

    assertThat(shed.status()).isEqualTo(429);
    assertThat(shed.json().get("code").textValue()).isEqualTo("overloaded");
    assertThat(shed.header("Retry-After")).isEqualTo("1");
    assertThat(door.gateway().get("/v1/customers/customer-0/verdicts/allow-s0").status())
        .as("reading goes on")
        .isEqualTo(200);

    door.judge().silent(false);

    await().until(() -> door.gateway().post(message("customer-6", "allow-shed")).status() == 200);
  }
}
