package no.front.vakt.detection.delivery;

import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.HoldChoice;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.scoring.Traffic;

/** Records as they stand on the topics delivery reads. */
final class Messages {
  static final KeyRing KEYS = Traffic.KEYS;
  static final String CLUB = Traffic.CLUB;
  static final Instant NOON = Traffic.NOON;
  static final long NOON_MILLIS = NOON.toEpochMilli();
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private Messages() {}

  static Submission message(String id) {
    return SampleMessages.message(CLUB, id, NOON);
  }

  static Submission validUntil(Submission message, long millis) {
    return with(message, Instant.ofEpochMilli(millis), message.deliver());
  }

  static Submission judgedOnly(Submission message) {
    return with(message, message.validUntil(), false);
  }

  private static Submission with(Submission message, Instant validUntil, boolean deliver) {
    return new Submission(
        message.customerId(),
        message.messageId(),
        message.submittedAt(),
        message.senderId(),
        message.recipient(),
        message.text(),
        message.originIp(),
        message.channel(),
        validUntil,
        deliver);
  }

  static SealedSubmission sealed(Submission message) {
    return SealedSubmission.seal(message, KEYS.sealing());
  }

  static RawRecord verdict(Submission message, Outcome outcome, long logMillis) {
    return verdict(message.customerId(), message.messageId(), outcome, sealed(message), logMillis);
  }

  /** A verdict with any submission, or with none. */
  static RawRecord verdict(
      String customerId, String messageId, Outcome outcome, Object submission, long logMillis) {
    Verdict verdict =
        new Verdict(
            customerId,
            messageId,
            outcome,
            0,
            Instant.ofEpochMilli(logMillis),
            0,
            1,
            "data",
            List.of());
    JudgedMessage judged =
        new JudgedMessage(
            verdict, submission == null ? null : WireJson.mapper().valueToTree(submission));
    return logged(Topics.SMS_VERDICTS, customerId, WireJson.bytes(judged), logMillis);
  }

  static RawRecord allowed(String id, long logMillis) {
    return verdict(message(id), Outcome.ALLOW, logMillis);
  }

  static RawRecord held(String id, long logMillis) {
    return verdict(message(id), Outcome.HOLD, logMillis);
  }

  static RawRecord decision(String id, HoldChoice choice, long logMillis) {
    return decision(CLUB, id, choice, "kari", logMillis);
  }

  static RawRecord decision(
      String customerId, String id, HoldChoice choice, String by, long logMillis) {
    HoldDecision decision =
        new HoldDecision(customerId, id, choice, by, Instant.ofEpochMilli(logMillis));
    return logged(Topics.SMS_RELEASES, customerId, WireJson.bytes(decision), logMillis);
  }

  static RawRecord release(String id, long logMillis) {
    return decision(id, HoldChoice.RELEASE, logMillis);
  }

  static RawRecord reject(String id, long logMillis) {
    return decision(id, HoldChoice.REJECT, logMillis);
  }

  static RawRecord heldFor(String customerId, long version, int seconds) {
    return Traffic.policy(customerId, version, "\"retention\":{\"heldSeconds\":" + seconds + "}");
  }

  static RawRecord logged(Topics topic, String key, byte[] value, long logMillis) {
    RawRecord raw = RawRecord.of(topic, key, value);
    raw.partition = 3;
    raw.logMillis = logMillis;
    return raw;
  }
}
