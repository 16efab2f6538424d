package no.front.vakt.controlapi.publishing;

import static no.front.vakt.controlapi.Staff.policy;
import static no.front.vakt.controlapi.Staff.policyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.ControlApi;
import no.front.vakt.controlapi.RunningControl;
import no.front.vakt.controlapi.Staff;
import no.front.vakt.controlapi.Staff.Answered;
import no.front.vakt.controlapi.rulebook.RuleBook;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishingTest {
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

  private static Policy plain(String customerId, int limit) {
    return WireJson.read(
        "{\"customerId\":\"%s\",\"rules\":%s}"
            .formatted(customerId, WireJson.text(policy(limit).get("rules"))),
        Policy.class);
  }

  private static long limit(Policy policy) {
    return policy.rules().get(0).parameter("limit").asLong();
  }

  @Test
  void publishesWhatABrokenBrokerCouldNotTakeInOrderWhenItReturns() {
    Staff staff = control.staff();
    assertThat(staff.putFirst("outage", policy(1)).status()).isEqualTo(201);
    control.broker().close();

    List<Answered> changes = new ArrayList<>();
    for (int version = 1; version <= 3; version++) {
      changes.add(staff.put("outage", version, policy(version + 1)));
    }
    control.broker().start();

    assertThat(changes).extracting(Answered::status).containsOnly(202);
    assertThat(changes).extracting(c -> c.json().path("published").asBoolean()).containsOnly(false);
    soon()
        .untilAsserted(
            () -> {
              List<Policy> onTopic = control.topic().policies("outage");
              assertThat(onTopic).extracting(Policy::version).isSorted().doesNotHaveDuplicates();
              assertThat(limit(onTopic.get(onTopic.size() - 1))).isEqualTo(4);
            });
    // Every version that was not burnt on the way is on the topic, from the same instant.
    soon()
        .untilAsserted(
            () -> {
              JsonNode versions =
                  staff.get(policyOf("outage") + "/versions").json().path("versions");
              assertThat(versions)
                  .extracting(v -> v.path("state").asText())
                  .doesNotContain("waiting");
              for (JsonNode entry : versions) {
                if (entry.path("published").asBoolean()) {
                  assertThat(control.topic().policies("outage"))
                      .anyMatch(
                          p ->
                              p.version() == entry.path("version").asLong()
                                  && WireJson.text(p.effectiveFrom())
                                      .equals(entry.path("effectiveFrom").asText()));
                }
              }
            });
  }

  @Test
  void givesANewVersionToWhatWasBeingSentAndDidNotLand() throws Exception {
    control.staff().putFirst("burnt", policy(1));
    control.shut();
    lateInTheOutbox("burnt", 2, 5);

    control.open();
    control.awaitReady();

    soon()
        .untilAsserted(() -> assertThat(control.topic().versions("burnt")).containsExactly(1L, 3L));
    assertThat(limit(control.topic().policies("burnt").get(1))).isEqualTo(5);
    soon()
        .untilAsserted(
            () -> {
              JsonNode versions =
                  control.staff().get(policyOf("burnt") + "/versions").json().path("versions");
              assertThat(versions)
                  .extracting(v -> v.path("state").asText())
                  .containsExactly("published", "burnt", "published");
              assertThat(versions.path(0).path("reason").asText()).isEqualTo("published again");
              assertThat(versions.path(0).path("publishedAgainOf").asLong()).isEqualTo(2);
            });
    // Whoever saw version 2 answered may go on from it.
    assertThat(control.staff().put("burnt", 2, policy(6)).status()).isIn(200, 202);
  }

  @Test
  void notesWhatLandedWithoutItsAcknowledgement() throws Exception {
    control.staff().putFirst("landed", policy(1));
    control.shut();
    lateInTheOutbox("landed", 2, 5);
    Instant from = Instant.parse("2026-01-02T03:04:05.678Z");
    control
        .topic()
        .write(
            Topics.VAKT_POLICIES,
            "landed",
            plain("landed", 5).published(2, from),
            PolicyLog.PUBLISHER);

    control.open();
    control.awaitReady();

    soon()
        .untilAsserted(
            () -> {
              JsonNode newest = control.staff().get(policyOf("landed") + "/versions/2").json();
              assertThat(newest.path("state").asText()).isEqualTo("published");
              assertThat(newest.path("effectiveFrom").asText()).isEqualTo(WireJson.text(from));
            });
    assertThat(control.topic().versions("landed")).containsExactly(1L, 2L);
  }

  /** As a process that was killed between storing from when a version judges and sending it. */
  private static void lateInTheOutbox(String customerId, long version, int limit) throws Exception {
    control
        .database()
        .run(
            """
            INSERT INTO control.policy_version
              (customer_id, version, content, removed, author, created_at, effective_from, fate)
              VALUES ('%1$s', %2$d, '%3$s', false, 'kari', now(), now() - interval '1 minute',
                      'waiting');
            UPDATE control.customer SET last_version = %2$d WHERE customer_id = '%1$s';
            INSERT INTO control.outbox (customer_id, version, state, sending_since)
              VALUES ('%1$s', %2$d, 'sending', now() - interval '1 minute')
            """
                .formatted(
                    customerId,
                    version,
                    WireJson.text(plain(customerId, limit).published(0, null))));
  }

  @Test
  void publishesAfterARestartWhatWaitedInTheOutbox() throws Exception {
    control.staff().putFirst("restart", policy(1));
    control.shut();
    lateInTheOutbox("restart", 2, 5);
    control.database().run("UPDATE control.outbox SET state = 'waiting', sending_since = NULL");
    control
        .database()
        .run(
            "UPDATE control.policy_version SET effective_from = NULL"
                + " WHERE customer_id = 'restart' AND version = 2");
    Instant before = Instant.now();

    control.open();

    soon()
        .untilAsserted(
            () -> assertThat(control.topic().versions("restart")).containsExactly(1L, 2L));
    assertThat(control.topic().policies("restart").get(1).effectiveFrom()).isAfter(before);
    control.awaitReady();
  }

  @Test
  void takesInWhatOthersPublishedAndGoesOnAboveIt() throws Exception {
    control.shut();
    control
        .topic()
        .write(
            Topics.VAKT_POLICIES,
            "foreign",
            plain("foreign", 7).published(41, null),
            "policy-directory");

    control.open();
    soon()
        .untilAsserted(
            () ->
                assertThat(control.staff().get(policyOf("foreign")).header("ETag"))
                    .isEqualTo("\"41\""));
    control.awaitReady();
    Answered put = control.staff().put("foreign", 41, policy(8));

    assertThat(put.json().path("version").asLong()).isEqualTo(42);
    JsonNode imported = control.staff().get(policyOf("foreign") + "/versions/41").json();
    assertThat(imported.path("author").asText()).isEqualTo("policy-directory");
    assertThat(imported.path("published").asBoolean()).isTrue();
  }

  @Test
  void remembersEverybodyFromTheTopicWhenTheDatabaseIsLost() throws Exception {
    control.staff().putFirst("lost", policy(1));
    control.staff().put("lost", 1, policy(2));
    control.shut();
    control.database().run("DROP SCHEMA control CASCADE");

    control.open();
    control.awaitReady();

    JsonNode versions = control.staff().get(policyOf("lost") + "/versions").json().path("versions");
    assertThat(versions)
        .extracting(v -> v.path("version").asLong() + v.path("author").asText())
        .containsExactly("2kari", "1kari");
    assertThat(control.staff().putFirst("lost", policy(3)).status()).isEqualTo(412);
    assertThat(control.staff().put("lost", 2, policy(3)).json().path("version").asLong())
        .isEqualTo(3);
  }

  @Test
  void leavesPublishingToOneOfTwo() throws Exception {
    try (ControlApi second = control.start()) {
      Staff other = control.staffOf(second);
      soon()
          .untilAsserted(
              () ->
                  assertThat(other.get("/v1/health").json().path("publisher").asText())
                      .isEqualTo("standing_by"));

      Answered put = other.putFirst("second", policy(1));

      assertThat(put.status()).as(put.body()).isEqualTo(201);
      control.shut();
      // 202 when the other takes over a little later than a writer waits.
      assertThat(other.put("second", 1, policy(2)).status()).isIn(200, 202);
      soon()
          .untilAsserted(
              () -> assertThat(control.topic().versions("second")).containsExactly(1L, 2L));
    }
    control.open();
    control.awaitReady();
    assertThat(control.topic().versions("second")).containsExactly(1L, 2L);
  }

  @Test
  void putsAFilesPolicyOnTopAndMakesNoVersionOfTheSame() {
    RuleBook book = control.api().ruleBook();

    RuleBook.Change first = book.put(plain("file", 1), "policy-directory", "a file");
    RuleBook.Change same = book.put(plain("file", 1), "policy-directory", "a file");
    RuleBook.Change second = book.put(plain("file", 2), "policy-directory", "a file");
    assertThat(book.authors()).containsEntry("file", "policy-directory");
    RuleBook.Change removed = book.remove("file", "policy-directory", "no file");
    RuleBook.Change again = book.remove("file", "policy-directory", "no file");

    assertThat(book.authors()).doesNotContainKey("file");
    assertThat(List.of(first, same, second, removed, again))
        .extracting(RuleBook.Change::isNew)
        .containsExactly(true, false, true, true, false);
    soon()
        .untilAsserted(
            () -> assertThat(control.topic().versions("file")).containsExactly(1L, 2L, 3L));
    assertThat(book.find("file")).isEmpty();
    assertThatThrownBy(() -> book.put(plain("file", -1), "policy-directory", null))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("rules[0].limit");
  }

  @Test
  void hasAChangeOnTheTopicWellBeforeItJudges() {
    Staff staff = control.staff();
    staff.putFirst("fast", policy(1));
    for (int version = 1; version <= 50; version++) {
      staff.put("fast", version, policy(version + 1));
    }

    soon().untilAsserted(() -> assertThat(control.topic().versions("fast")).hasSize(51));
    List<Duration> ahead =
        control.topic().records(Topics.VAKT_POLICIES).stream()
            .filter(record -> record.key().equals("fast"))
            .map(
                record ->
                    Duration.between(
                        Instant.ofEpochMilli(record.timestamp()),
                        WireJson.read(record.value(), Policy.class).effectiveFrom()))
            .sorted()
            .toList();
    // The median: a single one may be late on a machine that does other things.
    assertThat(ahead.get(25)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_001));
  }
}
