package no.front.vakt.verdictapi.load;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  @Test
  void slowsDownTheCustomerThatIsTooFastAndNobodyElse() {
    List<Map<String, Object>> burst =
        List.of(
            message("hasty", "allow-h1"),
            message("hasty", "allow-h2"),
            message("hasty", "allow-h3"),
            message("hasty", "allow-h4"),
            message("patient", "allow-p1"));

    Caller.Answered answered = door.gateway().post(burst);
    Caller.Answered alone = door.gateway().post(message("hasty", "allow-h5"));

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().get(2).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(answered.json().get(3).get("code").textValue()).isEqualTo("customer-too-fast");
    assertThat(answered.json().get(3).get("messageId").textValue()).isEqualTo("allow-h4");
    assertThat(answered.json().get(4).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(alone.status()).isEqualTo(429);
    assertThat(Integer.parseInt(alone.header("Retry-After"))).isPositive();
    assertThat(alone.json().get("code").textValue()).isEqualTo("customer-too-fast");
    assertThat(door.judge().timesSeen("allow-h4")).isZero();
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
