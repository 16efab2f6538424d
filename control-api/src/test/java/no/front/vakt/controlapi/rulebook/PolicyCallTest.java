package no.front.vakt.controlapi.rulebook;

import static no.front.vakt.controlapi.Staff.json;
import static no.front.vakt.controlapi.Staff.policy;
import static no.front.vakt.controlapi.Staff.policyOf;
import static no.front.vakt.controlapi.Staff.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.ControlFixture;
import no.front.vakt.controlapi.RunningControl;
import no.front.vakt.controlapi.Staff;
import no.front.vakt.controlapi.Staff.Answered;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCallTest {
  private static final String HASH = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

  private static final String OTHER_HASH = HASH.replace("N9qo", "oq9N");

  @TempDir static Path directory;
  private static RunningControl control;
  private static Staff staff;

  @BeforeAll
  static void start() throws Exception {
    control = new RunningControl(directory);
    staff = control.staff();
  }

  @AfterAll
  static void stop() throws Exception {
    control.close();
  }

  @Test
  void putsAFirstPolicyOnTheTopicAndTellsFromWhenItJudges() {
    Instant before = Instant.now();

    Answered put = staff.putFirst("first", policy(10));

    assertThat(put.status()).as(put.body()).isEqualTo(201);
    assertThat(put.header("ETag")).isEqualTo(tag(1));
    assertThat(put.json().path("published").asBoolean()).isTrue();
    assertThat(put.json().path("author").asText()).isEqualTo(ControlFixture.STAFF);
    Policy onTopic = control.topic().policies("first").get(0);
    assertThat(onTopic.version()).isEqualTo(1);
    assertThat(WireJson.text(onTopic.effectiveFrom()))
        .isEqualTo(put.json().path("effectiveFrom").asText());
    assertThat(onTopic.effectiveFrom()).isAfter(before.plusMillis(900));
    Answered get = staff.get(policyOf("first"));
    assertThat(get.header("ETag")).isEqualTo(tag(1));
    assertThat(get.json().path("rules").path(0).path("limit").asInt()).isEqualTo(10);
  }

  @Test
  void refusesAChangeThatNamesNoVersionOrAnOldOne() {
    staff.putFirst("stale", policy(1));
    staff.put("stale", 1, policy(2));

    assertThat(staff.send(policyOf("stale"), r -> r.PUT(json(policy(3)))).code())
        .isEqualTo("precondition-required");
    Answered stale = staff.put("stale", 1, policy(3));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().path("currentVersion").asLong()).isEqualTo(2);
    assertThat(staff.putFirst("stale", policy(3)).status()).isEqualTo(412);
    assertThat(control.topic().versions("stale")).containsExactly(1L, 2L);
  }

  @Test
  void letsExactlyOneOfManyChangesForTheSameVersionWin() {
    staff.putFirst("race", policy(1));

    List<CompletableFuture<Answered>> racing =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> staff.put("race", 1, policy(i + 2))))
            .toList();

    assertThat(racing.stream().map(f -> f.join().status()).filter(s -> s != 412))
        .hasSize(1)
        .allMatch(status -> status == 200 || status == 202);
    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(() -> assertThat(control.topic().versions("race")).containsExactly(1L, 2L));
  }

  @Test
  void keepsEveryVersionAndTellsWhatDiffersAndBringsOneBack() throws Exception {
    staff.putFirst("history", policy(1));
    staff.send(
        policyOf("history") + "?reason=too%20many",
        r -> r.header("If-Match", tag(1)).PUT(json(policy(2))));
    Answered back =
        staff.send(
            policyOf("history") + "/roll-back",
            r ->
                r.header("If-Match", tag(2))
                    .POST(json(Map.of("version", 1, "reason", "was better"))));

    assertThat(back.status()).as(back.body()).isEqualTo(200);
    assertThat(back.json().path("rolledBackFrom").asLong()).isEqualTo(1);
    JsonNode versions = staff.get(policyOf("history") + "/versions").json().path("versions");
    assertThat(versions).extracting(v -> v.path("version").asLong()).containsExactly(3L, 2L, 1L);
    assertThat(versions)
        .extracting(v -> v.path("reason").asText())
        .containsExactly("was better", "too many", "");
    JsonNode page = staff.get(policyOf("history") + "/versions?limit=2").json();
    assertThat(page.path("next").asText()).isEqualTo("2");
    assertThat(staff.get(policyOf("history") + "/versions?cursor=2").json().path("versions"))
        .hasSize(1);
    assertThat(staff.get(policyOf("history") + "/diff?from=1&to=2").json().path("differences"))
        .hasSize(1)
        .first()
        .isEqualTo(
            WireJson.mapper().readTree("{\"path\":\"rules[hourly].limit\",\"from\":1,\"to\":2}"));
    assertThat(staff.get(policyOf("history") + "/diff?from=1&to=3").json().path("differences"))
        .isEmpty();
    assertThat(
            staff
                .get(policyOf("history") + "/versions/2")
                .json()
                .at("/policy/rules/0/limit")
                .asInt())
        .isEqualTo(2);
    assertThat(staff.get(policyOf("history") + "/versions/9").code()).isEqualTo("not-found");
    assertThat(control.topic().versions("history")).containsExactly(1L, 2L, 3L);
  }

  @Test
  void removesAPolicyAsARecordAndTakesAFirstOneAgain() {
    staff.putFirst("removed", policy(1));

    Answered removal = staff.send(policyOf("removed"), r -> r.header("If-Match", tag(1)).DELETE());

    assertThat(removal.status()).as(removal.body()).isEqualTo(200);
    assertThat(control.topic().policies("removed").get(1).removed()).isTrue();
    Answered gone = staff.get(policyOf("removed"));
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.json().path("currentVersion").asLong()).isEqualTo(2);
    assertThat(staff.putFirst("removed", policy(2)).header("ETag")).isEqualTo(tag(3));
  }

  @Test
  void tellsAllProblemsOfAPolicyAtOnceAndChangesNothing() {
    Answered refused =
        staff.putFirst(
            "problems",
            """
            {"nmae": "x", "language": "sv", "critical": "yes",
             "rules": [{"id": "a", "kind": "volume-limit", "action": "HOLD", "per": "customer",
                        "limit": -1, "windowSecond": 60},
                       {"id": "b", "kind": "url-whitelist", "action": "BLOCK",
                        "allowed": ["front.no", "co.uk", "bit.ly", "github.io"]}],
             "access": {"networks": ["192.0.2.0/33"], "passwordHash": "secret", "pasword": "x"},
             "contacts": [{"name": "Kari", "email": "kari at customer.example"}],
             "exceptions": [{"rule": "nosuch"}]}
            """);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("invalid-policy");
    assertThat(refused.fields())
        .containsExactlyInAnyOrder(
            "nmae",
            "language",
            "critical",
            "rules[0].limit",
            "rules[0].windowSecond",
            "rules[0].windowSeconds",
            "rules[1].allowed[1]",
            "rules[1].allowed[2]",
            "rules[1].allowed[3]",
            "access.networks[0]",
            "access.passwordHash",
            "access.pasword",
            "contacts[0].email",
            "exceptions[0].rule");
    assertThat(refused.body()).contains("is name meant?").doesNotContain("kari at");
    assertThat(staff.get(policyOf("problems")).status()).isEqualTo(404);
  }

  @Test
  void tellsWhereABodyIsNoJsonAndWhenItIsTooLarge() {
    Answered broken = staff.putFirst("json", "{\"name\": \"x\",\n \"rules\": [}");
    Answered twice = staff.putFirst("json", "{\"name\": \"x\", \"name\": \"y\"}");
    Answered large = staff.putFirst("json", Map.of("name", "x".repeat(Policy.MAX_BYTES)));
    Answered huge = staff.putFirst("json", Map.of("name", "x".repeat(5 * Policy.MAX_BYTES)));

    assertThat(broken.code()).isEqualTo("malformed-json");
    assertThat(broken.body()).contains("line 2, column");
    assertThat(twice.code()).isEqualTo("malformed-json");
    assertThat(large.code()).isEqualTo("policy-too-large");
    assertThat(huge.code()).isEqualTo("body-too-large");
  }

  @Test
  void showsAPasswordsHashOnlyAsAMarkThatKeepsItWhenWrittenBack() {
    ObjectNode policy = WireJson.mapper().valueToTree(policy(1));
    policy.putObject("access").put("passwordHash", HASH).putArray("networks").add("192.0.2.0/24");
    policy.putArray("contacts").addObject().put("email", "drift@customer.example");
    staff.putFirst("password", policy);

    ObjectNode shown = (ObjectNode) staff.get(policyOf("password")).json();
    assertThat(shown.at("/access/passwordHash").asText()).isEqualTo("set");
    assertThat(shown.at("/contacts/0/email").asText()).isEqualTo("drift@customer.example");
    shown.put("name", "Another name");
    Answered again = staff.put("password", 1, shown);

    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(control.topic().policies("password").get(1).access().passwordHash()).isEqualTo(HASH);
    assertThat(staff.get(policyOf("password") + "/diff?from=1&to=2").body())
        .contains("Another name")
        .doesNotContain("passwordHash")
        .doesNotContain(HASH);
    ((ObjectNode) policy.get("access")).put("passwordHash", "set");
    assertThat(staff.putFirst("password-never-set", policy).fields())
        .containsExactly("access.passwordHash");
  }

  @Test
  void bringsAnOldPasswordBackOnlyWhenAskedTo() {
    staff.putFirst("leaked", withAccess(1, HASH, "192.0.2.0/24"));
    staff.put("leaked", 1, withAccess(2, OTHER_HASH, "198.51.100.0/24"));

    Answered back = staff.rollBack("leaked", 2, Map.of("version", 1));
    Answered asked = staff.rollBack("leaked", 3, Map.of("version", 1, "access", true));
    Answered wrong = staff.rollBack("leaked", 4, Map.of("version", 1, "access", "yes"));

    assertThat(back.status()).as(back.body()).isIn(200, 202);
    assertThat(asked.status()).as(asked.body()).isIn(200, 202);
    assertThat(wrong.fields()).containsExactly("access");
    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(
            () -> assertThat(control.topic().policies("leaked")).hasSizeGreaterThanOrEqualTo(4));
    List<Policy> onTopic = control.topic().policies("leaked");
    assertThat(onTopic)
        .extracting(policy -> policy.rules().get(0).parameter("limit").asInt())
        .containsExactly(1, 2, 1, 1);
    assertThat(onTopic)
        .extracting(policy -> policy.access().passwordHash())
        .containsExactly(HASH, OTHER_HASH, OTHER_HASH, HASH);
    assertThat(onTopic.get(2).access().networks()).containsExactly("198.51.100.0/24");
  }

  @Test
  void bringsNoAccessBackWithAPolicyThatWasRemovedUnlessAskedTo() {
    staff.putFirst("ended", withAccess(1, HASH, "192.0.2.0/24"));
    staff.send(policyOf("ended"), r -> r.header("If-Match", tag(1)).DELETE());

    assertThat(staff.rollBack("ended", 2, Map.of("version", 1)).status()).isIn(200, 202);
    assertThat(staff.get(policyOf("ended")).json().has("access")).isFalse();
    staff.rollBack("ended", 3, Map.of("version", 1, "access", true));
    assertThat(staff.get(policyOf("ended")).json().at("/access/passwordHash").asText())
        .isEqualTo("set");
  }

  private static ObjectNode withAccess(int limit, String hash, String network) {
    ObjectNode policy = WireJson.mapper().valueToTree(policy(limit));
    policy.putObject("access").put("passwordHash", hash).putArray("networks").add(network);
    return policy;
  }

  @Test
  void comesIntoForceLaterWhenAskedTo() {
    String tomorrow =
        WireJson.text(Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS));
    ObjectNode policy = WireJson.mapper().valueToTree(policy(1));
    policy.put("effectiveFrom", tomorrow);

    assertThat(staff.putFirst("later", policy).json().path("effectiveFrom").asText())
        .isEqualTo(tomorrow);
    policy.put("effectiveFrom", "2020-01-01T00:00:00.000Z").put("version", 7);
    assertThat(staff.put("later", 1, policy).fields()).containsExactly("version", "effectiveFrom");
  }

  @Test
  void letsNobodyOutwitWhatTheDefaultHasLocked() {
    assertThat(staff.get(policyOf("default")).header("ETag")).isEqualTo(tag(0));
    Answered locked =
        staff.put(
            "default",
            0,
            """
            {"rules": [{"id": "satellite", "kind": "country-policy", "action": "BLOCK",
                        "blocked": ["001"], "locked": true}]}
            """);
    assertThat(locked.status()).as(locked.body()).isEqualTo(201);

    Answered refused =
        staff.putFirst(
            "outwits",
            """
            {"rules": [{"id": "satellite", "kind": "country-policy", "action": "OBSERVE",
                        "blocked": ["001"]}],
             "exceptions": [{"rule": "satellite"}]}
            """);

    assertThat(refused.fields()).containsExactlyInAnyOrder("rules[0]", "exceptions[0].rule");
    long at = Long.parseLong(locked.json().path("version").asText());
    assertThat(
            staff.send(policyOf("default"), r -> r.header("If-Match", tag(at)).DELETE()).status())
        .isIn(200, 202);
  }

  @Test
  void neverChangesOrForgetsAVersionInTheDatabase() {
    staff.putFirst("immutable", policy(1));

    for (String statement :
        List.of(
            "UPDATE control.policy_version SET content = '{}' WHERE customer_id = 'immutable'",
            "UPDATE control.policy_version SET author = 'nobody' WHERE customer_id = 'immutable'",
            "UPDATE control.policy_version SET effective_from = now()"
                + " WHERE customer_id = 'immutable'",
            "DELETE FROM control.policy_version WHERE customer_id = 'immutable'",
            "TRUNCATE control.policy_version CASCADE")) {
      assertThatThrownBy(() -> control.database().run(statement))
          .as(statement)
          .hasMessageContaining("a version of a policy is never");
    }
  }

  @Test
  void listsCustomersPageByPage() {
    for (String id : List.of("list-a", "list-b", "list-c")) {
      staff.putFirst(id, policy(1));
    }

    JsonNode page = staff.get("/v1/customers?limit=2&cursor=bGlzdC0").json();

    assertThat(page.path("customers"))
        .extracting(c -> c.path("customerId").asText())
        .containsExactly("list-a", "list-b");
    JsonNode next = staff.get("/v1/customers?limit=2&cursor=" + page.path("next").asText()).json();
    assertThat(next.path("customers").path(0).path("customerId").asText()).isEqualTo("list-c");
  }
}
