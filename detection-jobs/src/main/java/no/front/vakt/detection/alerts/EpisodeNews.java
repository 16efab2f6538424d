package no.front.vakt.detection.alerts;

import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.MessageSample;
import no.front.vakt.contract.WireJson;

/** Writes what an episode has to tell, for both audiences. */
final class EpisodeNews {
  /** Marks the keys of episodes of messages that are judged only; no rule's id begins so. */
  static final String JUDGE_ONLY = "judge-only\0";

  private EpisodeNews() {}

  /** The news of an episode, known by the rule's id, marked when its messages are judged only. */
  static Raised of(AlertType type, String customerId, String key, Episode episode, long nowMillis) {
    Raised raised = new Raised();
    raised.type = type;
    raised.customerId = customerId;
    raised.episode = AlertIds.of("episode", customerId, key, episode.startMillis);
    raised.sinceMillis = episode.sinceMillis;
    raised.untilMillis = episode.untilMillis;
    raised.held = episode.held;
    raised.blocked = episode.blocked;
    List<Finding> findings =
        episode.findings.stream()
            .map(json -> Sentences.told(WireJson.read(json, Finding.class)))
            .toList();
    List<MessageSample> samples =
        episode.samples.stream().map(json -> WireJson.read(json, MessageSample.class)).toList();
    raised.forCustomer =
        json(AlertAudience.CUSTOMER, raised, key, episode, findings, samples, nowMillis);
    raised.forStaff = json(AlertAudience.STAFF, raised, key, episode, findings, samples, nowMillis);
    return raised;
  }

  private static byte[] json(
      AlertAudience audience,
      Raised raised,
      String key,
      Episode episode,
      List<Finding> findings,
      List<MessageSample> samples,
      long nowMillis) {
    String alertId =
        AlertIds.of(
            raised.customerId, key, audience, raised.type, episode.startMillis, episode.digests);
    return WireJson.bytes(
        new Alert(
            alertId,
            raised.customerId,
            audience,
            raised.type,
            Instant.ofEpochMilli(nowMillis),
            Instant.ofEpochMilli(episode.sinceMillis),
            Instant.ofEpochMilli(episode.untilMillis),
            episode.messages,
            episode.held,
            episode.blocked,
            key.startsWith(JUDGE_ONLY) ? key.substring(JUDGE_ONLY.length()) : key,
            findings,
            samples,
            List.of(),
            List.of(raised.customerId),
            1));
  }
}
