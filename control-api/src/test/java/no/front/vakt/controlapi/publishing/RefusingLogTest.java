package no.front.vakt.controlapi.publishing;

import static no.front.vakt.controlapi.Staff.policy;
import static no.front.vakt.controlapi.Staff.policyOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.Topics;
import no.front.vakt.controlapi.LogCapture;
import no.front.vakt.controlapi.RunningControl;
import no.front.vakt.controlapi.Staff.Answered;
import org.apache.kafka.common.acl.AclOperation;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that can be read and not be written to. */
class RefusingLogTest {
  private static final String HEALTH = "/v1/health";
  private static final int MESSAGE_BYTES = 1_000;

  @TempDir static Path directory;
  private static RunningControl control;

  @BeforeAll
  static void start() throws Exception {
    control = new RunningControl(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    control.close();
  }

  private static ConditionFactory soon() {
    return Awaitility.await().atMost(RunningControl.PATIENCE);
  }

  private static long number(String query) throws Exception {
    return control.database().number(query);
  }

  private static long versions(String customerId) throws Exception {
    return number(
        "SELECT count(*) FROM control.policy_version WHERE customer_id = '" + customerId + "'");
  }

  private static void awaitHealth(int status, String published) {
    soon()
        .untilAsserted(
            () -> {
              Answered health = control.staff().get(HEALTH);
              assertThat(health.status()).as(health.body()).isEqualTo(status);
              assertThat(health.json().path("published").asText()).isEqualTo(published);
            });
  }

  @Test
  void keepsAVersionTheLogCertainlyRefusedAndSendsItWhenItMay() throws Exception {
    assertThat(control.staff().putFirst("refused", policy(1)).status()).isEqualTo(201);
    try (LogCapture log = new LogCapture(PolicyPublisher.class)) {
      control.broker().deny(Topics.VAKT_POLICIES, AclOperation.WRITE);
      try {
        Answered put = control.staff().put("refused", 1, policy(2));

        assertThat(put.status()).isEqualTo(202);
        // Each try has a later instant from which it would judge.
        Set<Long> instants = new HashSet<>();
        soon()
            .until(
                () ->
                    instants.add(
                            number(
                                "SELECT extract(epoch FROM effective_from) * 1000"
                                    + " FROM control.policy_version"
                                    + " WHERE customer_id = 'refused' AND version = 2"))
                        && instants.size() >= 4);
        assertThat(versions("refused")).isEqualTo(2);
        awaitHealth(503, "late");
        assertThat(control.staff().get(HEALTH).json().path("status").asText()).isEqualTo("down");
        assertThat(control.staff().get(HEALTH).json().path("broker").asText())
            .isEqualTo("reachable");
      } finally {
        control.broker().allow();
      }

      soon()
          .untilAsserted(
              () -> assertThat(control.topic().versions("refused")).containsExactly(1L, 2L));
      awaitHealth(200, "in-time");
      assertThat(versions("refused")).isEqualTo(2);
      assertThat(log.warnings()).singleElement().asString().contains("TopicAuthorizationException");
      assertThat(log.news()).containsOnlyOnce("The log takes policies again");
    }
  }

  @Test
  void letsOthersPassARecordThatIsTooLargeAndTheNextOneInItsPlace() throws Exception {
    control.broker().set(Topics.VAKT_POLICIES, "max.message.bytes", "" + MESSAGE_BYTES);
    try {
      Answered large =
          control.staff().putFirst("large", Map.of("name", "x".repeat(2 * MESSAGE_BYTES)));
      Answered small = control.staff().putFirst("small", policy(1));

      assertThat(large.status()).as(large.body()).isEqualTo(202);
      assertThat(small.status()).as(small.body()).isEqualTo(201);
      assertThat(versions("large")).isEqualTo(1);
      control.staff().put("large", 1, policy(1));
      soon().untilAsserted(() -> assertThat(control.topic().versions("large")).containsExactly(2L));
      JsonNode versions =
          control.staff().get(policyOf("large") + "/versions").json().path("versions");
      assertThat(versions)
          .extracting(version -> version.path("state").asText())
          .containsExactly("published", "burnt");
    } finally {
      control.broker().set(Topics.VAKT_POLICIES, "max.message.bytes", "1048588");
    }
  }

  @Test
  void countsTheLagFromTheFirstOfTheCopiesOfWhatWasLost() throws Exception {
    assertThat(control.staff().putFirst("copied", policy(1)).status()).isEqualTo(201);
    control.broker().loseWhatIsProduced(true);
    try {
      control.staff().put("copied", 1, policy(2));
      soon().until(() -> versions("copied") >= 4);

      long age =
          number(
              "SELECT extract(epoch FROM now() - created_at) * 1000 FROM control.policy_version"
                  + " WHERE customer_id = 'copied' AND version = 2");
      awaitHealth(503, "late");
      assertThat(control.staff().get(HEALTH).json().path("lagMillis").asLong())
          .isGreaterThanOrEqualTo(age);
    } finally {
      control.broker().loseWhatIsProduced(false);
    }

    soon().untilAsserted(() -> assertThat(control.topic().versions("copied")).hasSize(2));
    awaitHealth(200, "in-time");
    // What was published is no part of the lag of what comes after it.
    assertThat(control.staff().get(HEALTH).json().path("lagMillis").asLong()).isZero();
  }
}
