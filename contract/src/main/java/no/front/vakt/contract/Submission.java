package no.front.vakt.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One MT message a customer handed in, in plain: as it stands in a {@code .jsonl} file and in the
 * memory of the judge. It never rests anywhere in this form; on topics it is a {@link
 * SealedSubmission}.
 *
 * @param customerId who submits; the unit of limits and whitelists
 * @param messageId the customer's or gateway's own id, at most 64 characters
 * @param submittedAt the door's stamp, UTC, whole milliseconds
 * @param senderId what the handset shows: alphanumeric (at most 11), short code or long number
 * @param recipient MSISDN in E.164 with {@code +}
 * @param text at most 1,600 characters
 * @param originIp address the customer called from, when known
 * @param channel how it came
 * @param validUntil after this instant the message is worthless and must not be sent
 * @param deliver false: judge only, never forward
 */
public record Submission(
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

  /** Longest customer and message id; the contract's figure for messageId. */
  public static final int MAX_ID_LENGTH = 64;

  /** Longest text in characters (code points); the contract's figure. */
  public static final int MAX_TEXT_LENGTH = 1_600;

  /** Checks every field; throws {@link InvalidRecordException} with all problems. */
  public Submission {
    Problems problems = new Problems();
    checkId(problems, "customerId", customerId);
    problems.require(
        !Policy.DEFAULT.equals(customerId), "customerId", "'default' names no customer");
    checkId(problems, "messageId", messageId);
    problems.require(submittedAt != null, "submittedAt", "is missing");
    if (senderId == null) {
      problems.add("senderId", "is missing");
    } else {
      SenderId.problem(senderId).ifPresent(reason -> problems.add("senderId", reason));
    }
    if (recipient == null) {
      problems.add("recipient", "is missing");
    } else {
      problems.require(
          Msisdn.isE164(recipient), "recipient", "must be E.164: + and 4 to 15 digits, no spaces");
    }
    if (text == null) {
      problems.add("text", "is missing");
    } else {
      problems.require(
          text.length() <= MAX_TEXT_LENGTH
              || text.codePointCount(0, text.length()) <= MAX_TEXT_LENGTH,
          "text",
          "is longer than " + MAX_TEXT_LENGTH + " characters");
    }
    problems.require(
        originIp == null || IpAddress.find(originIp).isPresent(),
        "originIp",
        "is not an IPv4 or IPv6 address");
    channel = channel == null ? Channel.API : channel;
    deliver = deliver == null || deliver;
    problems.throwIfAny();
    submittedAt = submittedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  private static void checkId(Problems problems, String field, @Nullable String id) {
    if (id == null) {
      problems.add(field, "is missing");
      return;
    }
    problems.require(!id.isBlank(), field, "is empty");
    problems.require(
        id.length() <= MAX_ID_LENGTH, field, "is longer than " + MAX_ID_LENGTH + " characters");
    problems.require(
        id.chars().noneMatch(Character::isISOControl), field, "holds a control character");
    problems.require(MessageText.isWellFormed(id), field, "holds half a character");
  }

  /** The identity it is known by. */
  public MessageIdentity identity() {
    return new MessageIdentity(customerId, messageId);
  }

  /** The same message at another event time, epoch milliseconds. */
  public Submission at(long millis) {
    return new Submission(
        customerId,
        messageId,
        Instant.ofEpochMilli(millis),
        senderId,
        recipient,
        text,
        originIp,
        channel,
        validUntil,
        deliver);
  }

  /** The same message with its text as it is judged and delivered. */
  public Submission normalised() {
    String normal = MessageText.normalised(text);
    return normal.equals(text)
        ? this
        : new Submission(
            customerId,
            messageId,
            submittedAt,
            senderId,
            recipient,
            normal,
            originIp,
            channel,
            validUntil,
            deliver);
  }

  /** Masked: never prints number, text or address. */
  @Override
  public String toString() {
    return "Submission[" + customerId + "/" + messageId + " at " + submittedAt + "]";
  }
}
