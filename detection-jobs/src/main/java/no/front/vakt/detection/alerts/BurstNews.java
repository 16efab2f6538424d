package no.front.vakt.detection.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.contract.Wording;
import no.front.vakt.detection.job.Outgoing;

/**
 * Writes to staff of a burst. Every alert on one burst has the same reference, whichever of them
 * staff decide by. How many mails wait, were dropped or discarded stands in the sentence of its one
 * finding.
 */
final class BurstNews {
  /** Rule and kind of the finding that carries the sentence. */
  static final String KIND = "many-customers";

  private static final byte[] STAFF = "staff".getBytes(StandardCharsets.UTF_8);

  private BurstNews() {}

  /** That mails wait: how many, and whose. */
  static Outgoing waiting(
      Burst burst, Collection<String> customers, AlertOptions options, long nowMillis) {
    String droppedNb =
        burst.dropped == 0 ? "" : " " + burst.dropped + " fikk ikke plass og er forkastet.";
    String droppedEn =
        burst.dropped == 0 ? "" : " " + burst.dropped + " found no room and are discarded.";
    Wording wording =
        new Wording(
            burst.firsts
                + " førstevarsler på kort tid. "
                + burst.waiting
                + " venter på at noen frigir eller forkaster dem; de forkastes 24 timer etter at"
                + " det begynte."
                + droppedNb,
            burst.firsts
                + " first alerts in a short time. "
                + burst.waiting
                + " wait for somebody to release or discard them; they are discarded 24 hours"
                + " after this began."
                + droppedEn);
    return alert(burst, customers, wording, options, nowMillis);
  }

  /** That mails have waited too long. */
  static Outgoing expired(
      Burst burst, Collection<String> customers, AlertOptions options, long nowMillis) {
    Wording wording =
        new Wording(
            burst.waiting
                + " førstevarsler ventet i 24 timer uten at noen bestemte noe, og er forkastet."
                + " Kundene har ikke fått beskjed.",
            burst.waiting
                + " first alerts waited for 24 hours and nobody decided; they are discarded."
                + " The customers were not told.");
    return alert(burst, customers, wording, options, nowMillis);
  }

  private static Outgoing alert(
      Burst burst,
      Collection<String> customers,
      Wording wording,
      AlertOptions options,
      long nowMillis) {
    Finding finding =
        new Finding(
            KIND,
            1,
            KIND,
            Action.ALERT,
            false,
            burst.firsts,
            (long) options.burstLimit(),
            Math.toIntExact(options.burstWindow().toSeconds()),
            Map.of(),
            wording);
    Alert alert =
        new Alert(
            AlertIds.sibling(burst.id, burst.updates),
            null,
            AlertAudience.STAFF,
            AlertType.MANY_CUSTOMERS,
            Instant.ofEpochMilli(nowMillis),
            Instant.ofEpochMilli(burst.sinceMillis),
            Instant.ofEpochMilli(burst.untilMillis),
            burst.firsts,
            burst.held,
            burst.blocked,
            null,
            List.of(finding),
            List.of(),
            List.of(),
            customers.stream().limit(Alert.MAX_CUSTOMERS).toList(),
            customers.size());
    return Outgoing.to(Topics.VAKT_ALERTS, STAFF, WireJson.bytes(alert), 0);
  }
}
