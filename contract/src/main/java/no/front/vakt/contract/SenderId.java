package no.front.vakt.contract;

import java.util.Locale;
import java.util.Optional;

/**
 * What the handset shows as sender: alphanumeric (3GPP TS 23.040: at most 11 characters), a short
 * code, or a long number.
 */
public final class SenderId {
  /** Longest alphanumeric sender; 3GPP TS 23.040, 9.1.2.5: 7-bit characters in ten octets. */
  public static final int MAX_ALPHANUMERIC_LENGTH = 11;

  private SenderId() {}

  /** What is wrong with a sender, if anything. */
  public static Optional<String> problem(String senderId) {
    if (senderId.isBlank()) {
      return Optional.of("is empty");
    }
    if (senderId.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("holds a control character");
    }
    if (!MessageText.isWellFormed(senderId)) {
      return Optional.of("holds half a character");
    }
    if (senderId.codePoints().anyMatch(SenderId::isInvisible)) {
      return Optional.of("holds an invisible character or a space that is not plain");
    }
    boolean numeric = isNumeric(senderId);
    if (senderId.startsWith("+") && !Msisdn.isE164(senderId)) {
      return Optional.of("starts with + but is no number in E.164");
    }
    if (numeric && senderId.length() > Msisdn.MAX_DIGITS + (senderId.startsWith("+") ? 1 : 0)) {
      return Optional.of("is a number of more than " + Msisdn.MAX_DIGITS + " digits");
    }
    if (!numeric && senderId.codePointCount(0, senderId.length()) > MAX_ALPHANUMERIC_LENGTH) {
      return Optional.of(
          "is longer than " + MAX_ALPHANUMERIC_LENGTH + " characters and not a number");
    }
    return Optional.empty();
  }

  // A name that looks like another is another sender to count, and the same one to a reader.
  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT || c != ' ' && Character.isSpaceChar(c);
  }

  /** Whether it is a short code or long number rather than a name. */
  public static boolean isNumeric(String senderId) {
    int from = senderId.startsWith("+") ? 1 : 0;
    return senderId.length() > from
        && senderId.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }

  /** The form in which two senders that differ in case only are equal. */
  public static String folded(String senderId) {
    // Through upper case first: that is what makes ß equal ss and both small sigmas one.
    return senderId.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Fit for logs, mails and evidence: names stay, long numbers are masked. */
  public static String masked(String senderId) {
    return isNumeric(senderId) && senderId.length() > 7 ? Msisdn.mask(senderId) : senderId;
  }
}
