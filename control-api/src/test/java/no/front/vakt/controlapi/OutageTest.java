package no.front.vakt.controlapi;

import static java.util.stream.Collectors.joining;
import static no.front.vakt.controlapi.Staff.policy;
import static no.front.vakt.controlapi.Staff.policyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Topics;
import no.front.vakt.controlapi.Staff.Answered;
import no.front.vakt.controlapi.rulebook.RuleBook;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
  private static final String TABLES = "customer policy_version outbox topic_history";

  /** What pg_dump keeps and pg_restore brings back, as far as rows go. */
  private static final String DUMP =
      each("CREATE TABLE public.%1$s AS SELECT * FROM control.%1$s;", TABLES);

  private static final String RESTORE =
      "SET session_replication_role = replica; DELETE FROM control.outbox;"
          + " DELETE FROM control.policy_version; DELETE FROM control.customer;"
          + " DELETE FROM control.topic_history;"
          + each(
              "INSERT INTO control.%1$s OVERRIDING SYSTEM VALUE SELECT * FROM public.%1$s;",
              TABLES);

  private static String each(String statement, String tables) {
    return Arrays.stream(tables.split(" ")).map(statement::formatted).collect(joining());
  }

  @TempDir Path directory;
  private RunningControl control;

  @BeforeEach
  void start() throws Exception {
    control = new RunningControl(directory);
  }

  @AfterEach
  void stop() throws Exception {
    control.close();
  }

  @Test
  void answers503WhileTheDatabaseIsAwayAndGoesOnByItself() throws Exception {
    control.staff().putFirst("away", policy(1));
    control.database().close();

    Answered put = control.staff().put("away", 1, policy(2));

    assertThat(put.status()).isEqualTo(503);
    assertThat(put.code()).isEqualTo("database-unavailable");
    assertThat(put.header("Retry-After")).isNotEmpty();
    assertThat(control.staff().get(policyOf("away")).status()).isEqualTo(503);
    Answered health = control.staff().get("/v1/health");
    assertThat(health.status()).isEqualTo(503);
    assertThat(health.json().path("database").asText()).isEqualTo("unreachable");
    assertThat(health.json().path("broker").asText()).isEqualTo("reachable");
    assertThatThrownBy(
            () -> control.api().ruleBook().put(Policy.removal("x", 0, null), "file", null))
        .isInstanceOf(RuleBook.UnavailableException.class);

    control.database().start();
    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(
            () -> assertThat(control.staff().put("away", 1, policy(2)).status()).isIn(200, 202));
    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(() -> assertThat(control.topic().versions("away")).containsExactly(1L, 2L));
  }

  @Test
  void publishesAgainWhatTheTopicLost() throws Exception {
    control.staff().putFirst("kept", policy(1));
    control.staff().putFirst("ended", policy(1));
    control.staff().send(policyOf("ended"), r -> r.header("If-Match", Staff.tag(1)).DELETE());
    control.shut();
    control.broker().loseTopic(Topics.VAKT_POLICIES);

    control.open();

    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(() -> assertThat(control.topic().versions("kept")).containsExactly(2L));
    assertThat(control.topic().versions("ended")).isEmpty();
  }

  @Test
  void startsWhileDatabaseAndBrokerAreAway() throws Exception {
    control.staff().putFirst("before", policy(1));
    control.shut();
    control.database().close();
    control.broker().close();

    control.open();

    assertThat(control.staff().get(policyOf("before")).code()).isEqualTo("database-unavailable");
    assertThat(control.staff().get("/v1/health").json().path("broker").asText())
        .isEqualTo("unreachable");
    control.database().start();
    // What the database knows can be read before the broker returns; whether it is all there is to
    // know, as it is not in a restored one, only the broker can tell.
    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(
            () -> assertThat(control.staff().get(policyOf("before")).status()).isEqualTo(200));
    assertThat(control.staff().put("before", 1, policy(2)).code()).isEqualTo("history-unread");
    assertThat(control.staff().get("/v1/health").json().path("history").asText())
        .isEqualTo("unread");
    assertThatThrownBy(() -> control.api().ruleBook().authors())
        .isInstanceOf(RuleBook.UnavailableException.class);
    Answered decision =
        control.staff().post("/v1/alerts/A-1/decision", Map.of("decision", "release"));
    assertThat(decision.code()).isEqualTo("log-unavailable");
    control.broker().start();
    control.awaitReady();
    assertThat(control.staff().put("before", 1, policy(2)).status()).isIn(200, 202);
    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(
            () -> assertThat(control.topic().versions("before")).hasSizeGreaterThanOrEqualTo(2));
  }

  @Test
  void takesNoChangeOnARestoredDatabaseBeforeItKnowsWhatTheTopicKnows() throws Exception {
    control.staff().putFirst("restored", policy(1));
    control.shut();
    control.database().run(DUMP);
    control.open();
    control.awaitReady();
    assertThat(control.staff().put("restored", 1, policy(2)).status()).isIn(200, 202);
    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(
            () -> assertThat(control.topic().versions("restored")).containsExactly(1L, 2L));
    control.shut();
    control.database().run(RESTORE);
    control.broker().close();

    control.open();

    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(control.staff().get(policyOf("restored")).header("ETag"))
                    .isEqualTo(Staff.tag(1)));
    // Taken, it would have come back above version 2, which its author never saw.
    assertThat(control.staff().put("restored", 1, policy(3)).code()).isEqualTo("history-unread");
    control.broker().start();
    control.awaitReady();
    assertThat(control.staff().put("restored", 1, policy(3)).status()).isEqualTo(412);
    assertThat(control.staff().get(policyOf("restored")).header("ETag")).isEqualTo(Staff.tag(2));
  }
}
