package no.front.vakt.contract;

/** A recipient's number in E.164 (ITU-T): {@code +} and at most 15 digits. Personal data. */
public record Msisdn(String e164) {

  /** Most digits of an international number; ITU-T E.164. */
  public static final int MAX_DIGITS = 15;

  /** Fewest digits accepted: the shortest calling code and national numbers in use. */
  public static final int MIN_DIGITS = 4;

  /** Refuses what is not E.164. */
  public Msisdn {
    if (!isE164(e164)) {
      throw new InvalidRecordException(
          "recipient", "must be E.164: + and 4 to 15 digits, no spaces");
    }
  }

  /** Whether a text is a number in E.164 form; says nothing of whether the number exists. */
  public static boolean isE164(String text) {
    int digits = text.length() - 1;
    if (digits < MIN_DIGITS || digits > MAX_DIGITS || text.charAt(0) != '+') {
      return false;
    }
    if (text.charAt(1) == '0') {
      return false;
    }
    for (int i = 1; i <= digits; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** The first four characters after the plus at most, and the last two digits. */
  public static String mask(String number) {
    int shown = Math.min(5, Math.max(0, number.length() - 4));
    return number.substring(0, shown)
        + "…"
        + number.substring(Math.max(shown, number.length() - 2));
  }

  /** Masked. */
  @Override
  public String toString() {
    return mask(e164);
  }
}
