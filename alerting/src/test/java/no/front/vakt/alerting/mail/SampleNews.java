package no.front.vakt.alerting.mail;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.alerting.recipient.Recipient;
import no.front.vakt.alerting.recipient.Recipient.Reason;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.MessageSample;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Wording;

/** Alerts as the AlertJob raises them, one of each kind, about a fictional club. */
final class SampleNews {
  static final Instant NOON = Instant.parse("2026-11-23T11:00:05Z");
  static final Instant QUARTER_PAST = NOON.plusSeconds(900);
  static final TextSettings TEXT =
      new TextSettings("https://vakt.front.example/", "22 00 00 00, vakt@front.example");

  private SampleNews() {}

  static Recipient reader(boolean isStaff, Language language) {
    return new Recipient(
        isStaff ? "vakt@front.example" : "drift@klubben.example",
        null,
        isStaff,
        language,
        ZoneId.of("Europe/Oslo"),
        Reason.ADDRESSED);
  }

  static News news(Alert alert) {
    return new News(
        alert,
        alert.customerId() == null ? "" : "Klubben",
        alert.refusedCalls().stream().map(call -> "192.0.2.77").toList(),
        null);
  }

  static Alert alert(AlertType type, AlertAudience audience) {
    return switch (type) {
      case FIRST -> traffic(type, audience, 12, 4, 8);
      case DIGEST -> traffic(type, audience, 1_342, 30, 1_300);
      case ALL_CLEAR -> traffic(type, audience, 2_804, 30, 2_700);
      case MANY_CUSTOMERS -> many(type, 63);
      case ACCESS_REFUSED -> calls(type, audience, 1, true);
      case ACCESS_DIGEST -> calls(type, audience, 418, false);
      case ACCESS_SWEEP -> many(type, 7);
    };
  }

  private static Alert traffic(
      AlertType type, AlertAudience audience, long messages, long held, long blocked) {
    return new Alert(
        "4f1c0a7e4f1c0a7e4f1c0a7e4f1c0a7e",
        "klubben",
        audience,
        type,
        QUARTER_PAST,
        NOON,
        type == AlertType.FIRST ? NOON : QUARTER_PAST,
        messages,
        held,
        blocked,
        "own-links",
        List.of(
            finding(
                "own-links",
                3,
                "url-whitelist",
                Action.BLOCK,
                "Meldingen har en lenke utenfor listen deres: klubben-betaling[.]example.",
                "The message has a link outside your list: klubben-betaling[.]example."),
            finding(
                "per-hour",
                1,
                "volume-limit",
                Action.HOLD,
                "201 meldinger på 60 minutter; grensen er 200.",
                "201 messages in 60 minutes; the limit is 200.")),
        type == AlertType.ALL_CLEAR ? List.of() : List.of(sample(1), sample(2)),
        List.of(),
        List.of("klubben"),
        1);
  }

  static Finding finding(String id, int version, String kind, Action action, String nb, String en) {
    return new Finding(
        id, version, kind, action, false, null, null, null, Map.of(), new Wording(nb, en));
  }

  static MessageSample sample(int number) {
    return new MessageSample(
        "2026-11-23-00001" + number,
        "Klubben",
        "+4799…0" + number,
        NOON.plusSeconds(number),
        number == 1 ? Outcome.BLOCK : Outcome.HOLD);
  }

  private static Alert calls(AlertType type, AlertAudience audience, long count, boolean right) {
    return new Alert(
        "9b2d77aa9b2d77aa9b2d77aa9b2d77aa",
        "klubben",
        audience,
        type,
        QUARTER_PAST,
        NOON,
        QUARTER_PAST,
        count,
        0,
        0,
        null,
        List.of(),
        List.of(),
        List.of(call("klubben", right)),
        List.of("klubben"),
        1);
  }

  /** A sweep that guesses at customers' ids. */
  static Alert guessing(String guess) {
    Alert sweep = many(AlertType.ACCESS_SWEEP, 5);
    AccessAttempt call =
        new AccessAttempt(
            "t-2", guess, NOON, "s1:AQAAAAE", null, RefusedBecause.UNKNOWN_CUSTOMER, false);
    return new Alert(
        sweep.alertId(),
        null,
        sweep.audience(),
        sweep.type(),
        sweep.raisedAt(),
        sweep.since(),
        sweep.until(),
        sweep.messages(),
        0,
        0,
        null,
        List.of(),
        List.of(),
        List.of(call, call("korpset", false)),
        sweep.customers(),
        sweep.customerCount());
  }

  private static AccessAttempt call(String customer, boolean right) {
    return new AccessAttempt(
        "t-1",
        customer,
        NOON,
        "s1:AQAAAAE",
        null,
        right ? RefusedBecause.NETWORK : RefusedBecause.PASSWORD,
        right);
  }

  private static Alert many(AlertType type, int customers) {
    boolean isSweep = type == AlertType.ACCESS_SWEEP;
    return new Alert(
        "c0ffee12c0ffee12c0ffee12c0ffee12",
        null,
        AlertAudience.STAFF,
        type,
        QUARTER_PAST,
        NOON,
        QUARTER_PAST,
        isSweep ? 21 : 4_120,
        0,
        isSweep ? 0 : 4_120,
        null,
        List.of(),
        List.of(),
        isSweep ? List.of(call("klubben", false), call("korpset", false)) : List.of(),
        List.of("klubben", "korpset", "legekontoret"),
        customers);
  }
}
