package no.front.vakt.detection.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;
import no.front.vakt.contract.DeliveryOrder;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.MessageState;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.jspecify.annotations.Nullable;

/** The records of delivery's topics: read and checked, and written. */
final class DeliveryRecords {
  /** Longest user id: as long as the longest mail address, RFC 5321. */
  private static final int LONGEST_USER_ID = 254;

  private DeliveryRecords() {}

  static JudgedMessage judged(RawRecord raw) {
    JudgedMessage judged = understood(() -> WireJson.read(raw.value, JudgedMessage.class));
    Verdict verdict = judged.verdict();
    if (verdict == null) {
      throw new InvalidRecordException("verdict", "is missing");
    }
    checkIdentity(verdict.customerId(), verdict.messageId(), raw);
    if (verdict.outcome() == null) {
      throw new InvalidRecordException("verdict.outcome", "is missing");
    }
    return judged;
  }

  /** The sealed submission of a verdict, if it has one. */
  static @Nullable JsonNode submission(JudgedMessage judged) {
    JsonNode submission = judged.submission();
    return submission == null || submission.isNull() ? null : submission;
  }

  /** Reads a sealed submission that must be of this message. */
  static SealedSubmission sealed(byte[] json, MessageIdentity identity) {
    SealedSubmission sealed = understood(() -> WireJson.read(json, SealedSubmission.class));
    if (!identity.equals(new MessageIdentity(sealed.customerId(), sealed.messageId()))) {
      throw new InvalidRecordException("submission", "is of another message than its verdict");
    }
    return sealed;
  }

  static HoldDecision decision(RawRecord raw) {
    HoldDecision decision = understood(() -> WireJson.read(raw.value, HoldDecision.class));
    checkIdentity(decision.customerId(), decision.messageId(), raw);
    if (decision.decision() == null) {
      throw new InvalidRecordException("decision", "is missing");
    }
    String by = decision.decidedBy();
    if (by == null || by.isBlank() || by.length() > LONGEST_USER_ID) {
      throw new InvalidRecordException(
          "decidedBy", "is missing or longer than " + LONGEST_USER_ID + " characters");
    }
    return decision;
  }

  // Whatever a reader did not foresee: one record never stops the job.
  private static <T> T understood(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidRecordException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidRecordException("", "cannot be understood: " + e.getClass().getSimpleName());
    }
  }

  private static void checkIdentity(
      @Nullable String customerId, @Nullable String messageId, RawRecord raw) {
    if (!isId(customerId) || Policy.DEFAULT.equals(customerId)) {
      throw new InvalidRecordException("customerId", "is missing or no id");
    }
    if (!isId(messageId)) {
      throw new InvalidRecordException("messageId", "is missing or no id");
    }
    if (!raw.key.equals(customerId)) {
      throw new InvalidRecordException("customerId", "is not the key of the record");
    }
  }

  static boolean isId(@Nullable String id) {
    return id != null
        && !id.isBlank()
        && id.length() <= Submission.MAX_ID_LENGTH
        && id.chars().noneMatch(Character::isISOControl);
  }

  static Outgoing order(String operator, long now, JsonNode submission, long cause) {
    DeliveryOrder order = new DeliveryOrder(operator, Instant.ofEpochMilli(now), submission);
    return Outgoing.to(
        Topics.SMS_DELIVERY,
        operator.getBytes(StandardCharsets.UTF_8),
        WireJson.bytes(order),
        cause);
  }

  static Outgoing outcome(
      MessageIdentity identity, MessageState state, long at, @Nullable String by, long cause) {
    MessageOutcome outcome =
        new MessageOutcome(
            identity.customerId(), identity.messageId(), state, Instant.ofEpochMilli(at), by);
    return Outgoing.to(
        Topics.SMS_OUTCOMES,
        identity.customerId().getBytes(StandardCharsets.UTF_8),
        WireJson.bytes(outcome),
        cause);
  }
}
