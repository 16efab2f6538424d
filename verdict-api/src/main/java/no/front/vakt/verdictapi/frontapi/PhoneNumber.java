package no.front.vakt.verdictapi.frontapi;

import java.util.Optional;
import no.front.vakt.contract.Msisdn;

/** A recipient as customers write it, made E.164 where it can mean one number only. */
final class PhoneNumber {
  private static final String NORWAY = "47";

  /** What people put between digits: spaces, dashes, dots, brackets. */
  private static final String JOINTS = " -.()\u00A0\u2010\u2011\u2013";

  private static final String EIGHT_DIGITS = "[2-9]\\d{7}";

  /** Eight digits, or twelve from the machine series 58 and 59. */
  private static final String NORWEGIAN = EIGHT_DIGITS + "|5[89]\\d{10}";

  private PhoneNumber() {}

  /**
   * Reads {@code +47…}, {@code 0047…}, {@code 47…} and eight Norwegian digits; other countries with
   * {@code +} or {@code 00}. A space before the first digit is a plus that a client forgot to
   * encode.
   */
  static Optional<String> find(String written) {
    StringBuilder kept = new StringBuilder();
    written.chars().filter(c -> JOINTS.indexOf(c) < 0).forEach(c -> kept.append((char) c));
    String text = kept.toString().strip();
    boolean plus = text.startsWith("+");
    boolean zeros = text.startsWith("00");
    boolean international = plus || zeros || written.startsWith(" ");
    String digits = text.substring(plus ? 1 : zeros ? 2 : 0);
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    if (!plus && !zeros && digits.matches(EIGHT_DIGITS)) {
      return Optional.of("+" + NORWAY + digits);
    }
    boolean legal =
        digits.startsWith(NORWAY)
            ? digits.substring(NORWAY.length()).matches(NORWEGIAN)
            : international;
    return legal && Msisdn.isE164("+" + digits) ? Optional.of("+" + digits) : Optional.empty();
  }
}
