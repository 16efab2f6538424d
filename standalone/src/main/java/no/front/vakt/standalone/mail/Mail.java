package no.front.vakt.standalone.mail;

import java.time.Instant;
import java.util.List;

/**
 * One mail as it came in.
 *
 * @param number counts from 1 and names the mail on the page
 * @param recipients of the envelope
 * @param source the whole mail, which is not changed by anybody
 */
record Mail(long number, Instant receivedAt, List<String> recipients, byte[] source) {
  Mail {
    recipients = List.copyOf(recipients);
  }

  /** Tells nothing of what is in it. */
  @Override
  public String toString() {
    return "Mail[number=" + number + "]";
  }
}
