package no.front.vakt.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.MailReceipt;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant BEFORE = START.minusMillis(1);

  private final Tally tally = new Tally(START, List.of("club", "shop"));

  @Test
  void theFirstVerdictOfAMessageCountsAndNoOther() {
    assertThat(tally.verdict(verdict("m", Outcome.HOLD, START))).isTrue();
    assertThat(tally.verdict(verdict("m", Outcome.ALLOW, START))).isFalse();
    assertThat(row().held()).isEqualTo(1);
    assertThat(row().allowed()).isZero();
    assertThat(row().why()).isEqualTo(Map.of("links", 1L));
  }

  @Test
  void whatWasJudgedBeforeTheRunIsPassedOver() {
    assertThat(tally.verdict(verdict("old", Outcome.ALLOW, BEFORE))).isFalse();
    tally.delivery(delivery("old", START));
    assertThat(row().judged()).isZero();
    assertThat(row().delivered()).isZero();
  }

  @Test
  void aMessageIsDeliveredOnceHoweverOftenItStandsOnTheTopic() {
    tally.verdict(verdict("m", Outcome.ALLOW, START));
    tally.delivery(delivery("m", START));
    tally.delivery(delivery("m", START.plusMillis(1)));
    assertThat(row().delivered()).isEqualTo(1);
  }

  @Test
  void aDeliveryMayBeReadBeforeItsVerdict() {
    tally.delivery(delivery("m", START));
    assertThat(tally.delivered()).isZero();
    tally.verdict(verdict("m", Outcome.ALLOW, START));
    assertThat(tally.delivered()).isEqualTo(1);
  }

  @Test
  void theRuleThatDecidedIsTheReasonAndShadowsAreNot() {
    var verdict =
        verdict("m", Outcome.BLOCK, START)
            .withFindings(
                List.of(
                    finding("trial", Action.BLOCK, true),
                    finding("countries", Action.BLOCK, false),
                    finding("links", Action.HOLD, false)));
    tally.verdict(verdict);
    assertThat(row().why()).isEqualTo(Map.of("countries", 1L));
  }

  @Test
  void mailsCountForTheCustomerOrForStaffOncePerRecipient() {
    tally.mail(receipt("a", "anna", null));
    tally.alert(alert("a", AlertAudience.CUSTOMER, START));
    tally.mail(receipt("a", "anna", null));
    tally.mail(receipt("a", "kari", null));
    tally.mail(receipt("a", "gone", "no such mailbox"));
    tally.alert(alert("b", AlertAudience.STAFF, START));
    tally.mail(receipt("b", "staff", null));
    tally.alert(alert("old", AlertAudience.CUSTOMER, BEFORE));
    tally.mail(receipt("old", "anna", null));
    assertThat(row().mails()).isEqualTo(2);
    assertThat(tally.staffMails()).isEqualTo(1);
  }

  @Test
  void refusedCallsCountByReasonAndAcceptedOnesDoNot() {
    assertThat(tally.attempt(attempt("1", RefusedBecause.PASSWORD))).isTrue();
    assertThat(tally.attempt(attempt("1", RefusedBecause.PASSWORD))).isFalse();
    assertThat(tally.attempt(attempt("2", null))).isFalse();
    assertThat(row().refused()).isEqualTo(Map.of(RefusedBecause.PASSWORD, 1L));
  }

  @Test
  void statesCountForTheRunsOwnMessages() {
    tally.verdict(verdict("m", Outcome.HOLD, START));
    tally.outcome(new MessageOutcome("shop", "m", MessageState.PARKED, START, "verdict"));
    tally.outcome(new MessageOutcome("shop", "old", MessageState.EXPIRED, START, "hold-time"));
    assertThat(tally.count(MessageState.PARKED)).isEqualTo(1);
    assertThat(tally.count(MessageState.EXPIRED)).isZero();
  }

  @Test
  void theNewestHeldMessageIsThereToBeLookedAt() {
    tally.verdict(verdict("first", Outcome.HOLD, START));
    tally.verdict(verdict("second", Outcome.HOLD, START));
    assertThat(tally.newest(Outcome.HOLD)).contains(new MessageIdentity("shop", "second"));
    assertThat(tally.newest(Outcome.BLOCK)).isEmpty();
  }

  private Tally.Row row() {
    return tally.rows().get(1);
  }

  static Verdict verdict(String messageId, Outcome outcome, Instant at) {
    var findings =
        outcome == Outcome.ALLOW
            ? List.<Finding>of()
            : List.of(
                finding("links", outcome == Outcome.HOLD ? Action.HOLD : Action.BLOCK, false));
    return new Verdict("shop", messageId, outcome, 80, at, 1, 0, "data", findings);
  }

  static Finding finding(String ruleId, Action action, boolean shadow) {
    return new Finding(
        ruleId, 1, "kind-of-a-test", action, shadow, null, null, null, Map.of(), null);
  }

  private static DeliveryOrder delivery(String messageId, Instant at) {
    return new DeliveryOrder(
        "operator",
        at,
        WireJson.mapper().valueToTree(Map.of("customerId", "shop", "messageId", messageId)));
  }

  private static MailReceipt receipt(String alertId, String recipient, @Nullable String problem) {
    return new MailReceipt(alertId, recipient, START, problem);
  }

  private static Alert alert(String alertId, AlertAudience audience, Instant at) {
    return new Alert(
        alertId,
        "shop",
        audience,
        AlertType.FIRST,
        at,
        at,
        at,
        1,
        1,
        0,
        "links",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        1);
  }

  private static AccessAttempt attempt(String attemptId, @Nullable RefusedBecause because) {
    return new AccessAttempt(attemptId, "shop", START, null, null, because, false);
  }
}
