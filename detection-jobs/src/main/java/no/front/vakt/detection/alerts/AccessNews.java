package no.front.vakt.detection.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.contract.Wording;
import no.front.vakt.detection.job.Outgoing;

/** Writes of refused calls; addresses stay sealed as the door sealed them. */
final class AccessNews {
  /** Rule and kind of the finding that carries a digest's sentence. */
  static final String KIND = "refused-calls";

  private AccessNews() {}

  /** That a call was refused that is to be told at once. */
  static Outgoing refused(AlertAudience audience, Attempt attempt, long nowMillis) {
    Instant at = Instant.ofEpochMilli(attempt.atMillis);
    return outgoing(
        new Alert(
            AlertIds.of(attempt.customerId, AlertType.ACCESS_REFUSED, audience, attempt.attemptId),
            attempt.customerId,
            audience,
            AlertType.ACCESS_REFUSED,
            Instant.ofEpochMilli(nowMillis),
            at,
            at,
            1,
            0,
            0,
            null,
            List.of(),
            List.of(),
            List.of(WireJson.read(attempt.json, AccessAttempt.class)),
            List.of(attempt.customerId),
            1));
  }

  /** The refused calls of a day. */
  static Outgoing digest(String customerId, AccessBook book, long nowMillis) {
    return outgoing(
        new Alert(
            AlertIds.of(
                customerId, AlertType.ACCESS_DIGEST, AlertAudience.CUSTOMER, book.firstAttemptId),
            customerId,
            AlertAudience.CUSTOMER,
            AlertType.ACCESS_DIGEST,
            Instant.ofEpochMilli(nowMillis),
            Instant.ofEpochMilli(book.sinceMillis),
            Instant.ofEpochMilli(book.untilMillis),
            book.refused(),
            0,
            0,
            null,
            List.of(sum(book)),
            List.of(),
            book.newest.stream().map(json -> WireJson.read(json, AccessAttempt.class)).toList(),
            List.of(customerId),
            1));
  }

  private static Finding sum(AccessBook book) {
    boolean isFull = book.addresses >= AccessFunction.MOST_DIGEST_ADDRESSES;
    Wording wording =
        new Wording(
            "Avviste kall: "
                + book.refused()
                + ", fra "
                + (isFull ? "minst " : "")
                + book.addresses
                + (book.addresses == 1 ? " adresse (" : " ulike adresser (")
                + book.byPassword
                + " med feil passord, "
                + book.byNetwork
                + " fra et nett som ikke er tillatt, "
                + book.byNoneSet
                + " fordi verken nett eller passord er satt opp).",
            "Refused calls: "
                + book.refused()
                + ", from "
                + (isFull ? "at least " : "")
                + book.addresses
                + (book.addresses == 1 ? " address (" : " different addresses (")
                + book.byPassword
                + " with a wrong password, "
                + book.byNetwork
                + " from a network that is not allowed, "
                + book.byNoneSet
                + " because neither network nor password is set up).");
    return new Finding(
        KIND,
        1,
        KIND,
        Action.ALERT,
        false,
        book.refused(),
        null,
        null,
        Map.of("addresses", book.addresses),
        wording);
  }

  private static Outgoing outgoing(Alert alert) {
    byte[] key = String.valueOf(alert.customerId()).getBytes(StandardCharsets.UTF_8);
    return Outgoing.to(Topics.VAKT_ALERTS, key, WireJson.bytes(alert), 0);
  }
}
