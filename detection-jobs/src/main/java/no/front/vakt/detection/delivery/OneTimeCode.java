package no.front.vakt.detection.delivery;

import java.util.regex.Pattern;

/**
 * Whether a text brings a one-time code: a word for one and a token of 4 to 8 digits. Worth nothing
 * after some minutes, so nobody is sent it later. Wrong for a text that only speaks of a code and
 * holds a year or a post code: such a message, held, expires early.
 */
final class OneTimeCode {
  // Norwegian compounds end in -kode (engangskode, sikkerhetskoden): no word border before it.
  private static final Pattern WORD =
      Pattern.compile(
          "kode(n|ne|r)?\\b|\\b((pass)?codes?|t?otp|pin|verification|verify"
              + "|(verifiser|bekreft|engangs|passord|innlogging)\\p{L}*|one-?time|password"
              + "|log[ -]?in)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  // 4 to 8 digits on their own, or two groups of three or four as codes are often written. Not a
  // part of a longer number, an amount, a time, a date or a link.
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}+/_=&?%#]|\\p{N}[.,:-])"
              + "(?:[\\p{L}]-)?(?:\\d{4,8}|\\d{3}[ -]\\d{3}|\\d{4}[ -]\\d{4})"
              + "(?![\\p{L}\\p{N}/_=&%#]|[.,:-]\\p{N}| ?\\d)");

  private OneTimeCode() {}

  static boolean isIn(String text) {
    return WORD.matcher(text).find() && TOKEN.matcher(text).find();
  }
}
