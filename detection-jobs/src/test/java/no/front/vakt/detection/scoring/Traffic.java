package no.front.vakt.detection.scoring;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.KeySource;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;

/** Records as they stand on the topics, for the tests of the judge's seat. */
public final class Traffic {
  /** Keys of the whole test run; functions find them here wherever they are deserialised. */
  public static final KeyRing KEYS = KeyRing.generate();

  /** Who sends in most tests. */
  public static final String CLUB = "club";

  /** When the tests begin. */
  public static final Instant NOON = SampleMessages.NOON;

  private static final Sealing SEALING = KEYS.sealing();

  private Traffic() {}

  /** The keys of the run, found on the task's side. */
  public static KeySource keys() {
    return () -> KEYS;
  }

  /** A message of the club, some milliseconds after noon. */
  public static Submission message(String id, long millisAfterNoon) {
    return SampleMessages.message(CLUB, id, NOON.plusMillis(millisAfterNoon));
  }

  /** The message as the door wrote it, logged the moment it was submitted; somebody waits. */
  public static RawSubmission asked(Submission message) {
    RawSubmission raw = sent(message);
    raw.replyPartition = 7;
    return raw;
  }

  /** The message as the door wrote it, logged the moment it was submitted; nobody waits. */
  public static RawSubmission sent(Submission message) {
    return logged(
        message.customerId(),
        WireJson.bytes(SealedSubmission.seal(message, SEALING)),
        message.submittedAt().toEpochMilli());
  }

  /** Any bytes on {@code sms.submitted}. */
  public static RawSubmission logged(String key, byte[] value, long logMillis) {
    RawSubmission raw = new RawSubmission();
    raw.key = key;
    raw.value = value;
    raw.partition = 3;
    raw.logMillis = logMillis;
    return raw;
  }

  /** A policy of the club. */
  public static RawRecord policy(long version, String fields) {
    return policy(CLUB, version, fields);
  }

  /** A policy. */
  public static RawRecord policy(String customerId, long version, String fields) {
    return RawRecord.of(
        customerId,
        bytes(
            "{\"customerId\":\""
                + customerId
                + "\",\"version\":"
                + version
                + (fields.isEmpty() ? "" : "," + fields)
                + "}"));
  }

  /** A field {@code rules} with one rule: at most so many messages of the customer. */
  public static String atMost(int limit, int windowSeconds, String action) {
    return "\"rules\":[{\"id\":\"own-ceiling\",\"kind\":\"volume-limit\",\"action\":\""
        + action
        + "\",\"per\":\"customer\",\"limit\":"
        + limit
        + ",\"windowSeconds\":"
        + windowSeconds
        + "}]";
  }

  /** A field {@code effectiveFrom}. */
  public static String from(Instant instant) {
    return "\"effectiveFrom\":\"" + instant + "\"";
  }

  /** UTF-8. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
