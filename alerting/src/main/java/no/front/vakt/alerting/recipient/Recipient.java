package no.front.vakt.alerting.recipient;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is to have a mail.
 *
 * @param address mail address; personal data, never printed
 * @param name how to address them
 * @param isStaff whether they read what is written for staff
 * @param language what the mail is written in
 * @param zone whose clock its times are by
 * @param reason why staff have a customer's alert
 */
public record Recipient(
    String address,
    @Nullable String name,
    boolean isStaff,
    Language language,
    ZoneId zone,
    Reason reason) {

  /** Why somebody has a mail. */
  public enum Reason {
    /** It is for them. */
    ADDRESSED,
    /** It is for a customer that has nobody to mail. */
    NO_CONTACTS,
    /** It tells that a customer's contact cannot be mailed. */
    CONTACT_REFUSED
  }

  /** Masked. */
  @Override
  public String toString() {
    return "Recipient[" + mask(address) + ", " + language + "]";
  }

  /** The first letter and the domain: enough for staff to know whose it is. */
  public static String mask(String address) {
    int at = address.lastIndexOf('@');
    return at < 1 ? "…" : address.substring(0, 1) + "…" + address.substring(at);
  }
}
