package no.front.vakt.verdictapi.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Topics;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.RunningDoor;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFeedTest {
  @TempDir Path directory;

  @Test
  void tellsItsHealthWhenPoliciesCanNoLongerBeFollowed() throws Exception {
    try (RunningDoor door = new RunningDoor(directory, Map.of());
        Admin admin = Admin.create(door.broker().clientProperties())) {
      assertThat(door.gateway().get("/v1/health").json().get("policies").textValue())
          .isEqualTo("followed");

      admin.deleteTopics(List.of(Topics.VAKT_POLICIES.topicName())).all().get();

      Caller.Answered ailing =
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> door.gateway().get("/v1/health"),
                  health ->
                      health.status() == 503
                          && health.json().get("policies").textValue().equals("not followed"));
      assertThat(ailing.json().get("broker").textValue()).isEqualTo("reachable");
      assertThat(ailing.json().get("answers").textValue()).isEqualTo("flowing");
    }
  }
}
