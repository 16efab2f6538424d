package no.front.vakt.alerting.recipient;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is taken for a mail address: one plain {@code local@domain} in ASCII. No quotes, comments,
 * groups, lists, literals or spaces, so that nothing but a mail address can reach the server's
 * command line or a header.
 */
public final class MailAddress {
  // RFC 5321: local part at most 64 octets, path at most 254.
  private static final int LONGEST = 254;
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}"
              + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))*");

  private MailAddress() {}

  /** Whether a text is one. */
  public static boolean isOne(String text) {
    return text.length() <= LONGEST && PLAIN.matcher(text).matches();
  }

  /** The form that is hashed: nobody has two mailboxes that differ in case alone. */
  public static String canonical(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  /** What stands after the at sign. */
  public static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
