package no.front.vakt.testdata.scenario;

import java.time.Instant;
import java.time.LocalTime;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.Submission;
import org.jspecify.annotations.Nullable;

/**
 * One message of the day, and how it is handed in.
 *
 * @param customerId as whom it is sent
 * @param at when, on the day's own clock
 * @param senderId what the handset shows
 * @param recipient a made-up number
 * @param text the text
 * @param originIp address the call comes from
 * @param channel how the customer's side made it
 * @param way by which door
 * @param password the password shown at the customer API; absent when the customer shows none
 * @param incident label of the incident it belongs to; absent for everyday traffic
 */
public record DemoMessage(
    String customerId,
    LocalTime at,
    String senderId,
    String recipient,
    String text,
    String originIp,
    Channel channel,
    Way way,
    @Nullable String password,
    @Nullable String incident) {

  /** As the judge gets it. */
  public Submission submission(String messageId, Instant submittedAt) {
    return new Submission(
        customerId,
        messageId,
        submittedAt,
        senderId,
        recipient,
        text,
        originIp,
        channel,
        null,
        true);
  }

  /** Never prints number, text, address or password. */
  @Override
  public String toString() {
    return "DemoMessage[" + customerId + " at " + at + ", incident=" + incident + "]";
  }
}
