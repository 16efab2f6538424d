package no.front.vakt.contract;

import java.time.Instant;

/** Messages for tests of every module: fictional numbers, reserved hosts, named times. */
public final class SampleMessages {
  /** A Monday at noon in Norway's winter. */
  public static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");

  /** A fictional Norwegian mobile number. */
  public static final String RECIPIENT = "+4799999901";

  private SampleMessages() {}

  /** A message nothing is wrong with. */
  public static Submission message(String customerId, String messageId, Instant submittedAt) {
    return new Submission(
        customerId,
        messageId,
        submittedAt,
        "Klubben",
        RECIPIENT,
        "Trening flyttes til kl 18",
        "192.0.2.7",
        Channel.API,
        null,
        true);
  }

  /** The same to somebody else. */
  public static Submission to(Submission message, String recipient) {
    return new Submission(
        message.customerId(),
        message.messageId(),
        message.submittedAt(),
        message.senderId(),
        recipient,
        message.text(),
        message.originIp(),
        message.channel(),
        message.validUntil(),
        message.deliver());
  }

  /** The same with another text. */
  public static Submission saying(Submission message, String text) {
    return new Submission(
        message.customerId(),
        message.messageId(),
        message.submittedAt(),
        message.senderId(),
        message.recipient(),
        text,
        message.originIp(),
        message.channel(),
        message.validUntil(),
        message.deliver());
  }

  /** The same from another sender. */
  public static Submission from(Submission message, String senderId) {
    return new Submission(
        message.customerId(),
        message.messageId(),
        message.submittedAt(),
        senderId,
        message.recipient(),
        message.text(),
        message.originIp(),
        message.channel(),
        message.validUntil(),
        message.deliver());
  }

  /** The same called from another address. */
  public static Submission calledFrom(Submission message, String originIp) {
    return new Submission(
        message.customerId(),
        message.messageId(),
        message.submittedAt(),
        message.senderId(),
        message.recipient(),
        message.text(),
        originIp,
        message.channel(),
        message.validUntil(),
        message.deliver());
  }
}
