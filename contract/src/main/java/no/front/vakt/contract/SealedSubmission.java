package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Submission} as it rests on topics: recipient, text and origin address are envelopes of
 * {@link Sealing}; the other fields are plain.
 */
public record SealedSubmission(
    String customerId,
    String messageId,
    Instant submittedAt,
    String senderId,
    String recipient,
    String text,
    @Nullable String originIp,
    Channel channel,
    @Nullable Instant validUntil,
    Boolean deliver) {

  /** Largest record of a submission, in bytes: five times what the longest legal one takes. */
  public static final int MAX_BYTES = 64 * 1024;

  /** Requires what opening needs; the plain record checks the rest once opened. */
  public SealedSubmission {
    Problems problems = new Problems();
    problems.require(customerId != null, "customerId", "is missing");
    problems.require(messageId != null, "messageId", "is missing");
    problems.require(submittedAt != null, "submittedAt", "is missing");
    problems.require(senderId != null, "senderId", "is missing");
    problems.require(recipient != null, "recipient", "is missing");
    problems.require(text != null, "text", "is missing");
    channel = channel == null ? Channel.API : channel;
    deliver = deliver == null || deliver;
    problems.throwIfAny();
  }

  /** Seals what is personal. */
  public static SealedSubmission seal(Submission plain, Sealing sealing) {
    MessageIdentity identity = plain.identity();
    String originIp = plain.originIp();
    return new SealedSubmission(
        plain.customerId(),
        plain.messageId(),
        plain.submittedAt(),
        plain.senderId(),
        sealing.seal(plain.recipient(), SealedField.RECIPIENT, identity),
        sealing.seal(plain.text(), SealedField.TEXT, identity),
        originIp == null ? null : sealing.seal(originIp, SealedField.ORIGIN_IP, identity),
        plain.channel(),
        plain.validUntil(),
        plain.deliver());
  }

  /**
   * Opens what is sealed.
   *
   * @throws UnsealException when an envelope is damaged or bound to another message
   * @throws MissingKeyException when the key an envelope names is not at hand
   * @throws InvalidRecordException when what was sealed is not a valid submission
   */
  public Submission open(Sealing sealing) {
    MessageIdentity identity = new MessageIdentity(customerId, messageId);
    return new Submission(
        customerId,
        messageId,
        submittedAt,
        senderId,
        sealing.open(recipient, SealedField.RECIPIENT, identity),
        sealing.open(text, SealedField.TEXT, identity),
        originIp == null ? null : sealing.open(originIp, SealedField.ORIGIN_IP, identity),
        channel,
        validUntil,
        deliver);
  }
}
