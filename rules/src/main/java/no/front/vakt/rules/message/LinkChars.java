package no.front.vakt.rules.message;

import com.ibm.icu.text.Normalizer2;

/**
 * What a character can be in a link: part of a host, or the end of everything. Tables, because
 * every text asks.
 */
final class LinkChars {

  private static final byte HOST = 1;
  private static final byte END = 2;
  private static final byte SYMBOL = 4;

  private static final byte LETTERS = 8;

  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  private static final byte[] KIND = kinds();

  private LinkChars() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[0x10000];
    for (int c = 0; c < kinds.length; c++) {
      kinds[c] = c < 0x80 ? asciiKind((char) c) : otherKind((char) c);
    }
    return kinds;
  }

  private static byte asciiKind(char c) {
    if (Character.isLetterOrDigit(c) || c == '-' || c == '_') {
      return HOST;
    }
    return c <= ' ' || c == 0x7F || "<>\"`|".indexOf(c) >= 0 ? END : 0;
  }

  /**
   * Registries and browsers know hosts of letters of any script and of emoji; quotes, brackets and
   * spaces end a link.
   */
  private static byte otherKind(char c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          HOST;
      case Character.SURROGATE -> HOST | SYMBOL;
      case Character.OTHER_SYMBOL -> (byte) (HOST | SYMBOL | (spellsLetters(c) ? LETTERS : 0));
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          END;
      default -> c == '\u2026' ? END : 0;
    };
  }

  private static boolean spellsLetters(char c) {
    return NFKC.normalize(String.valueOf(c))
        .chars()
        .allMatch(d -> d < 0x80 && isAsciiLetter((char) d));
  }

  /** A character that can stand in a label. */
  static boolean isHost(char c) {
    return (KIND[c] & HOST) != 0;
  }

  /** A character no link goes past: space, control, quote, angle or typographic bracket. */
  static boolean isEnd(char c) {
    return (KIND[c] & END) != 0;
  }

  /** Emoji and pictures: legal in a host, and as often just glued to one. */
  static boolean isSymbol(char c) {
    return (KIND[c] & SYMBOL) != 0;
  }

  /** Symbols that a host parser reads as ASCII letters: {@code №}, {@code ㏄}, {@code ™}. */
  static boolean isLetters(char c) {
    return (KIND[c] & LETTERS) != 0;
  }

  /** Scripts written without spaces, where a host is glued to the words around it. */
  static boolean isEastAsian(char c) {
    return c >= 0x2E80 && c <= 0xD7FF;
  }

  static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }

  static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isSchemeChar(char c) {
    return isAsciiLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
  }

  /** A character of the part of a mail address before its {@code @}, as people write them. */
  static boolean isMailName(char c) {
    return isHost(c) || "._%+'!#$&*=^{}~".indexOf(c) >= 0;
  }
}
