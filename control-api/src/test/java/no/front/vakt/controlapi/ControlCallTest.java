package no.front.vakt.controlapi;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static no.front.vakt.controlapi.Staff.json;
import static no.front.vakt.controlapi.Staff.policyOf;
import static no.front.vakt.controlapi.Staff.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import no.front.vakt.contract.AlertChoice;
import no.front.vakt.contract.AlertDecision;
import no.front.vakt.contract.AppliedPolicy;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.Staff.Answered;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlCallTest {
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
  void opensForNobodyWithoutAStaffKey() {
    Answered none = staff.send(policyOf("x"), r -> r.setHeader("Authorization", "").GET());
    Answered wrong =
        staff.send(policyOf("x"), r -> r.setHeader("Authorization", "Bearer no").GET());

    assertThat(none.status()).isEqualTo(401);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo(none.body());
    assertThat(none.code()).isEqualTo("not-authenticated");
    assertThat(none.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(staff.send("/v1/nothing", r -> r.setHeader("Authorization", "").GET()).status())
        .isEqualTo(401);
  }

  @Test
  void answersWhateverItDoesNotKnowWithAProblem() {
    assertThat(staff.get("/v1/nothing").code()).isEqualTo("not-found");
    Answered method = staff.send("/v1/customers", HttpRequest.Builder::DELETE);
    assertThat(method.code()).isEqualTo("method-not-allowed");
    assertThat(method.header("Allow")).contains("GET");
    assertThat(staff.send("/v1/customers", r -> r.header("Accept", "text/html").GET()).code())
        .isEqualTo("not-acceptable");
    assertThat(
            staff
                .send(
                    policyOf("x"),
                    r ->
                        r.setHeader("Content-Type", "text/plain")
                            .header("If-Match", tag(1))
                            .PUT(json("x")))
                .code())
        .isEqualTo("unsupported-media-type");
    assertThat(staff.get(policyOf("x") + "/versions/one").code()).isEqualTo("malformed-request");
    assertThat(staff.get(policyOf("x") + "/diff?from=1").code()).isEqualTo("malformed-request");
  }

  @Test
  void tellsAnybodyWhoFollowsTheLinkInAMailWhatToNameToFront() {
    Answered page = staff.send("/", r -> r.setHeader("Authorization", "").GET());

    assertThat(page.status()).as(page.body()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.body())
        .contains("oppgi referansen i e-posten når du kontakter Front")
        .contains("name the reference in the mail when you contact Front")
        .doesNotContain("http", "<script", "<form");
    assertThat(page.header("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("Strict-Transport-Security")).contains("max-age=");
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(
            staff
                .send("/", r -> r.setHeader("Authorization", "").method("HEAD", noBody()))
                .status())
        .isEqualTo(200);
    assertThat(staff.send("/", r -> r.setHeader("Authorization", "").DELETE()).status())
        .isEqualTo(401);
    assertThat(staff.send("/index.html", r -> r.setHeader("Authorization", "").GET()).status())
        .isEqualTo(401);
  }

  @Test
  void tellsItsHealthToAnybody() {
    Answered health = staff.send("/v1/health", r -> r.setHeader("Authorization", "").GET());

    assertThat(health.status()).as(health.body()).isEqualTo(200);
    assertThat(health.json().path("publisher").asText()).isEqualTo("publishing");
    assertThat(health.json().has("lagMillis")).isTrue();
  }

  @Test
  void tellsWhatEachSubtaskHasApplied() throws Exception {
    for (int subtask = 0; subtask < 3; subtask++) {
      control
          .topic()
          .write(
              Topics.VAKT_APPLIED_POLICIES,
              "scoring/" + subtask + "/applied",
              new AppliedPolicy("scoring", subtask, subtask == 2 ? 3 : 2, "applied", 4, null, null),
              "scoring");
    }
    control
        .topic()
        .write(
            Topics.VAKT_APPLIED_POLICIES,
            "scoring/0/applied",
            new AppliedPolicy("scoring", 0, 2, "applied", 5, null, "is bad"),
            "scoring");

    Awaitility.await()
        .atMost(RunningControl.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        StreamSupport.stream(
                            staff
                                .get(policyOf("applied") + "/applied")
                                .json()
                                .path("applied")
                                .spliterator(),
                            false))
                    .extracting(a -> a.path("subtask").asInt() + "@" + a.path("version").asInt())
                    .containsExactly("0@5", "1@4"));
  }

  @Test
  void putsDecisionsOfPeopleOnTheLog() {
    Answered held =
        staff.post("/v1/customers/decided/messages/m%2F1/decision", Map.of("decision", "release"));
    Answered mails = staff.post("/v1/alerts/A-17/decision", Map.of("decision", "discard"));
    Answered neither = staff.post("/v1/alerts/A-17/decision", Map.of("decision", "reject"));

    assertThat(held.status()).as(held.body()).isEqualTo(202);
    HoldDecision decision =
        WireJson.read(
            control.topic().records(Topics.SMS_RELEASES).get(0).value(), HoldDecision.class);
    assertThat(decision.messageId()).isEqualTo("m/1");
    assertThat(decision.decision()).isEqualTo(HoldChoice.RELEASE);
    assertThat(decision.decidedBy()).isEqualTo(ControlFixture.STAFF);
    assertThat(mails.status()).isEqualTo(202);
    assertThat(
            WireJson.read(
                    control.topic().records(Topics.VAKT_ALERT_DECISIONS).get(0).value(),
                    AlertDecision.class)
                .decision())
        .isEqualTo(AlertChoice.DISCARD);
    assertThat(neither.fields()).containsExactly("decision");
  }
}
