package no.front.vakt.verdictapi.verdicts;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.RunningDoor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictCallTest {
  @TempDir static Path directory;
  private static RunningDoor door;
  private static Caller gateway;

  @BeforeAll
  static void open() throws Exception {
    door = new RunningDoor(directory, Map.of());
    gateway = door.gateway();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @AfterEach
  void letTheJudgeSpeak() {
    door.judge().silent(false);
  }

  @Test
  void answersAllowed() {
    Caller.Answered answered = gateway.post(message("acme", "allow-1"));

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).isEqualTo("application/json");
    assertThat(answered.json().get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(answered.json().get("findings")).isEmpty();
    assertThat(answered.json().fieldNames())
        .toIterable()
        .containsExactly(
            "customerId",
            "messageId",
            "outcome",
            "score",
            "decidedAt",
            "policyVersion",
            "defaultVersion",
            "dataVersion",
            "findings");
  }

  @Test
  void answersHeldAndBlockedWithTheReasonsInBothLanguages() {
    JsonNode held = gateway.post(message("acme", "hold-1")).json();
    JsonNode blocked = gateway.post(message("acme", "block-1")).json();

    assertThat(held.get("outcome").textValue()).isEqualTo("HOLD");
    assertThat(blocked.get("outcome").textValue()).isEqualTo("BLOCK");
    JsonNode finding = blocked.get("findings").get(0);
    assertThat(finding.get("kind").textValue()).isEqualTo("country-policy");
    assertThat(finding.get("observed").longValue()).isEqualTo(11);
    assertThat(finding.get("limit").longValue()).isEqualTo(10);
    assertThat(finding.get("windowSeconds").intValue()).isEqualTo(60);
    assertThat(finding.get("evidence").get("country").textValue()).isEqualTo("ZZ");
    assertThat(finding.get("text").get("nb").textValue()).startsWith("Elleve meldinger på");
    assertThat(finding.get("text").get("en").textValue()).startsWith("Eleven messages");
  }

  @Test
  void answersABatchInTheOrderOfTheRequest() {
    List<Map<String, Object>> batch =
        IntStream.range(0, 1_000)
            .mapToObj(i -> message("batch", (i % 3 == 0 ? "hold-b" : "allow-b") + i))
            .toList();

    Caller.Answered answered = gateway.post(batch);

    assertThat(answered.status()).isEqualTo(200);
    assertThat(ids(answered.json()))
        .containsExactlyElementsOf(
            batch.stream().map(element -> (String) element.get("messageId")).toList());
    assertThat(answered.json().get(0).get("outcome").textValue()).isEqualTo("HOLD");
    assertThat(answered.json().get(1).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(gateway.post("[]").body()).isEqualTo("[]");
  }

  private static List<String> ids(JsonNode batch) {
    return StreamSupport.stream(batch.spliterator(), false)
        .map(element -> element.path("messageId").asText())
        .toList();
  }

  @Test
  void refusesABatchOfOneTooMany() {
    List<Map<String, Object>> batch =
        IntStream.range(0, 1_001).mapToObj(i -> message("toomany", "allow-t" + i)).toList();

    Caller.Answered answered = gateway.post(batch);

    assertProblem(answered, 413, "batch-too-large");
    assertThat(door.judge().timesSeen("allow-t0")).isZero();
  }

  @Test
  void judgesTheGoodElementsOfABatchAndTellsWhatIsWrongWithTheBad() {
    Map<String, Object> bad = message("acme", "allow-bad");
    bad.put("recipient", "99999901");
    bad.put("text", 7);

    Caller.Answered answered =
        gateway.post(List.of(message("acme", "allow-good"), bad, 42, message("acme", "block-2")));

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().get(0).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(answered.json().get(1).get("code").textValue()).isEqualTo("invalid-fields");
    assertThat(fields(answered.json().get(1))).containsExactly("text", "recipient");
    assertThat(answered.json().get(2).get("code").textValue()).isEqualTo("invalid-fields");
    assertThat(answered.json().get(3).get("outcome").textValue()).isEqualTo("BLOCK");
    assertThat(door.judge().timesSeen("allow-bad")).isZero();
  }

  @Test
  void tellsThatAMessageIsPendingAndLaterItsVerdict() {
    door.judge().silent(true);

    Caller.Answered pending =
        gateway.post("/v1/verdicts?deadlineMillis=30", message("acme", "hold-later"));

    assertThat(pending.status()).isEqualTo(202);
    assertThat(pending.body())
        .isEqualTo("{\"customerId\":\"acme\",\"messageId\":\"hold-later\",\"status\":\"pending\"}");
    String location = pending.header("Location");
    assertThat(location).isEqualTo("/v1/customers/acme/verdicts/hold-later");
    assertThat(gateway.get(location).json().get("state").textValue()).isEqualTo("pending");

    door.judge().silent(false);

    await()
        .untilAsserted(
            () -> {
              JsonNode known = gateway.get(location).json();
              assertThat(known.get("state").textValue()).isEqualTo("judged");
              assertThat(known.get("outcome").textValue()).isEqualTo("HOLD");
              assertThat(known.get("findings")).hasSize(1);
            });
  }

  @Test
  void waitsForNothingButTheLogAtADeadlineOfZero() {
    Caller.Answered answered =
        gateway.send(
            "/v1/verdicts",
            request ->
                request
                    .setHeader(VerdictServlet.DEADLINE_HEADER, "0")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            no.front.vakt.contract.WireJson.text(message("acme", "allow-zero")))));

    assertThat(answered.status()).isEqualTo(202);
    await().until(() -> gateway.get(answered.header("Location")).body().contains("judged"));
  }

  @Test
  void tellsABatchThatIsPartlyPending() {
    gateway.post(message("acme", "allow-known"));
    door.judge().silent(true);

    Caller.Answered answered =
        gateway.post(
            "/v1/verdicts?deadlineMillis=30",
            List.of(message("acme", "allow-known"), message("acme", "allow-unknown")));

    assertThat(answered.status()).isEqualTo(202);
    assertThat(answered.json().get(0).get("outcome").textValue()).isEqualTo("ALLOW");
    assertThat(answered.json().get(1).get("status").textValue()).isEqualTo("pending");
  }

  @Test
  void findsAVerdictWhoseIdNeedsEncoding() {
    String odd = "allow-a/b c+d%æ?;=";

    assertThat(gateway.post(message("kunde/ø", odd)).status()).isEqualTo(200);

    String path = VerdictPath.of(new no.front.vakt.contract.MessageIdentity("kunde/ø", odd));
    assertThat(gateway.get(path).json().get("messageId").textValue()).isEqualTo(odd);
  }

  @Test
  void answersARepeatWithTheFirstOutcomeAndAsksTheJudgeOnce() {
    JsonNode first = gateway.post(message("acme", "hold-repeat")).json();
    JsonNode second = gateway.post(message("acme", "hold-repeat")).json();
    JsonNode third = gateway.post(message("acme", "hold-repeat")).json();

    assertThat(second.get("outcome")).isEqualTo(first.get("outcome"));
    assertThat(second.get("decidedAt")).isEqualTo(first.get("decidedAt"));
    assertThat(first.get("findings")).hasSize(1);
    assertThat(second.get("findings")).hasSize(2);
    assertThat(second).isEqualTo(third);
    JsonNode repeat = second.get("findings").get(1);
    assertThat(repeat.get("ruleId").textValue()).isEqualTo("repeat");
    assertThat(repeat.get("kind").textValue()).isEqualTo("repeat");
    assertThat(repeat.get("action").textValue()).isEqualTo("OBSERVE");
    assertThat(repeat.get("text").get("nb").textValue()).contains("allerede vurdert");
    assertThat(repeat.get("text").get("en").textValue()).contains("already judged");
    assertThat(door.judge().timesSeen("hold-repeat")).isOne();
  }

  @Test
  void letsARepeatJoinTheFirstThatIsStillOnItsWay() {
    door.judge().silent(true);
    List<CompletableFuture<Caller.Answered>> callers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      callers.add(gateway.postAsync(message("acme", "block-joined")));
    }
    await().until(() -> door.judge().timesSeen("block-joined") == 1);

    door.judge().silent(false);

    assertThat(callers)
        .allSatisfy(caller -> assertThat(caller.join().body()).contains("\"outcome\":\"BLOCK\""));
    assertThat(callers)
        .filteredOn(caller -> !caller.join().body().contains("\"ruleId\":\"repeat\""))
        .as("exactly one was the first")
        .hasSize(1);
    assertThat(door.judge().timesSeen("block-joined")).isOne();
  }

  @Test
  void refusesAnIdThatWasUsedForAnotherMessage() {
    Map<String, Object> other = message("acme", "allow-reused");
    other.put("text", "Noe helt annet");
    gateway.post(message("acme", "allow-reused"));

    Caller.Answered refused = gateway.post(other);

    assertProblem(refused, 409, "id-reused");
    assertThat(refused.json().get("messageId").textValue()).isEqualTo("allow-reused");
    assertThat(door.judge().timesSeen("allow-reused")).isOne();
    assertThat(gateway.get("/v1/customers/acme/verdicts/allow-reused").status()).isEqualTo(200);
  }

  @Test
  void refusesAnIdThatIsOnItsWayWithAnotherMessage() {
    door.judge().silent(true);
    gateway.post("/v1/verdicts?deadlineMillis=0", message("acme", "allow-clash"));
    Map<String, Object> other = message("acme", "allow-clash");
    other.put("deliver", false);

    assertProblem(gateway.post(other), 409, "id-reused");
  }

  @Test
  void passesOnThatTheJudgeKnowsTheIdWithAnotherMessage() {
    assertProblem(gateway.post(message("acme", "reused-1")), 409, "id-reused");
    assertProblem(gateway.get("/v1/customers/acme/verdicts/reused-1"), 404, "not-found");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    Caller.Answered answered =
        gateway.post(
            Map.of(
                "messageId", "",
                "senderId", "Altfor lang avsender",
                "recipient", "hemmelig",
                "text", List.of(),
                "deliver", "kanskje",
                "validUntil", "i morgen",
                "originIp", "nowhere"));

    assertProblem(answered, 400, "invalid-fields");
    assertThat(fields(answered.json()))
        .containsExactlyInAnyOrder(
            "customerId",
            "messageId",
            "senderId",
            "recipient",
            "text",
            "deliver",
            "validUntil",
            "originIp");
    assertThat(answered.body()).doesNotContain("hemmelig", "kanskje", "nowhere", "Altfor");
  }

  private static List<String> fields(JsonNode problem) {
    return StreamSupport.stream(problem.get("errors").spliterator(), false)
        .map(error -> error.get("field").textValue())
        .toList();
  }

  @Test
  void refusesWhatIsNoJson() {
    assertProblem(gateway.post("{\"customerId\":\"acme\""), 400, "malformed-json");
    assertProblem(gateway.post(""), 400, "malformed-json");
    assertProblem(gateway.post("{} {}"), 400, "malformed-json");
    assertProblem(gateway.post("[{},"), 400, "malformed-json");
    assertProblem(gateway.post("null"), 400, "invalid-fields");
    assertProblem(
        gateway.post("/v1/verdicts?deadlineMillis=soon", message("acme", "allow-d")),
        400,
        "invalid-fields");
    assertProblem(
        gateway.post("/v1/verdicts?deadlineMillis=10001", message("acme", "allow-d")),
        400,
        "invalid-fields");
  }

  @Test
  void refusesHalfACharacterInAnId() {
    assertProblem(
        gateway.post(
            "{\"customerId\":\"acme\",\"messageId\":\"\\ud800\",\"senderId\":\"x\","
                + "\"recipient\":\"+4799999901\",\"text\":\"\"}"),
        400,
        "invalid-fields");
  }

  @Test
  void refusesOtherContentTypesMethodsAndPaths() {
    Caller.Answered form =
        gateway.send(
            "/v1/verdicts",
            request ->
                request
                    .setHeader("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("a=b")));
    assertProblem(form, 415, "unsupported-media-type");
    Caller.Answered got = gateway.get("/v1/verdicts");
    assertProblem(got, 405, "method-not-allowed");
    assertThat(got.header("Allow")).isEqualTo("POST");
    assertProblem(
        gateway.post("/v1/customers/acme/verdicts/allow-1", Map.of()), 405, "method-not-allowed");
    assertProblem(gateway.get("/v1/customers/acme"), 404, "not-found");
    assertProblem(gateway.get("/v1/customers/acme/verdicts/never-sent"), 404, "not-found");
    assertProblem(gateway.get("/elsewhere"), 404, "not-found");
  }

  @Test
  void refusesABodyThatIsTooLargeWhetherItSaysSoOrNot() {
    byte[] large = new byte[4 * 1024 * 1024 + 1];
    java.util.Arrays.fill(large, (byte) ' ');

    assertProblem(gateway.post(new String(large)), 413, "body-too-large");
    assertProblem(
        gateway.send(
            "/v1/verdicts",
            request ->
                request.POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large)))),
        413,
        "body-too-large");
  }

  @Test
  void stampsItselfWhateverTheCallerWrites() {
    Map<String, Object> dated = message("acme", "allow-dated");
    dated.put("submittedAt", "2001-01-01T00:00:00.000Z");

    assertThat(gateway.post(dated).json().get("decidedAt").textValue()).doesNotStartWith("2001");
  }

  @Test
  void showsNoBannerAndForbidsKeeping() {
    Caller.Answered answered = gateway.get("/v1/health");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().get("status").textValue()).isEqualTo("up");
    assertThat(answered.header("Server")).isEmpty();
    assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answered.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answered.header("Strict-Transport-Security")).startsWith("max-age=");
  }

  private static void assertProblem(Caller.Answered answered, int status, String code) {
    assertThat(answered.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answered.status()).isEqualTo(status);
    assertThat(answered.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answered.json().get("status").intValue()).isEqualTo(status);
    assertThat(answered.json().get("type").textValue()).endsWith(code);
  }
}
