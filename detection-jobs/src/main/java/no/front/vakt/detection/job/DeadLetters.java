package no.front.vakt.detection.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.apache.flink.metrics.Counter;

/** Makes letters of records that cannot be read: sealed, bounded, counted. */
public final class DeadLetters {
  /** Longer keys are no ids of anybody's and are not kept. */
  private static final int LONGEST_KEY = 1_024;

  /** A record can have more problems than a record can hold reasons. */
  private static final int LONGEST_REASON = 1_000;

  private final Sealing sealing;
  private final Counter counter;

  /** Seals with one key ring and counts. */
  public DeadLetters(Sealing sealing, Counter counter) {
    this.sealing = sealing;
    this.counter = counter;
  }

  /** The letter of a submission. */
  public Outgoing of(RawSubmission raw, String reason) {
    return letter(
        Topics.SMS_SUBMITTED, raw.partition, raw.offset, raw.logMillis, reason, raw.key, raw.value);
  }

  /** The letter of any other record. */
  public Outgoing of(RawRecord raw, String reason) {
    return letter(raw.topic, raw.partition, raw.offset, raw.logMillis, reason, raw.key, raw.value);
  }

  private Outgoing letter(
      Topics topic,
      int partition,
      long offset,
      long logMillis,
      String reason,
      String key,
      byte[] value) {
    counter.inc();
    MessageIdentity place = new MessageIdentity(topic.topicName(), partition + "-" + offset);
    boolean keepsKey = !key.isEmpty() && key.length() <= LONGEST_KEY;
    boolean keepsValue = value.length > 0 && value.length <= Policy.MAX_BYTES;
    DeadLetter letter =
        new DeadLetter(
            topic.topicName(),
            partition,
            offset,
            Instant.ofEpochMilli(logMillis),
            bounded(reason),
            keepsKey ? sealing.seal(key, SealedField.DEAD_LETTER, place) : null,
            keepsValue ? sealing.seal(value, SealedField.DEAD_LETTER, place) : null);
    return Outgoing.to(
        Topics.VAKT_DEAD_LETTERS,
        topic.topicName().getBytes(StandardCharsets.UTF_8),
        WireJson.bytes(letter),
        offset);
  }

  /** A reason no longer than a record can carry. */
  public static String bounded(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }
}
