package no.front.vakt.alerting.mail;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Makes harmless what others wrote: message ids, senders, names of customers and contacts,
 * sentences that quote them. Control, format (bidirectional marks, zero-width) and unassigned
 * characters go, white space becomes one blank, what a mail program might make a link of no longer
 * looks like one, and it has a longest length. Escaping is the form's business and comes on top.
 */
final class Cleaned {
  /** Longest name or id shown; ids are at most 64 characters (design section 3). */
  static final int LONGEST_WORD = 64;

  /** Longest sentence shown. */
  static final int LONGEST_SENTENCE = 500;

  // Between two characters that are no blank: dots of every script that IDNA takes for a dot.
  private static final Pattern DOT =
      Pattern.compile("(?<=[^\\s\\[])[.\\u3002\\uFF0E\\uFF61](?=[^\\s\\].])");
  private static final Pattern COLON = Pattern.compile("[:\\uFF1A](?=\\S)");
  private static final Pattern AT = Pattern.compile("(?<=\\S)[@\\uFF20](?=\\S)");
  // In a sentence of ours "12:00" and "1.5" stand for themselves.
  private static final Pattern LETTER_DOT =
      Pattern.compile("(?<=[\\p{L}\\p{N}_-])[.\\u3002\\uFF0E\\uFF61](?=\\p{L})");
  private static final Pattern SCHEME = Pattern.compile("[:\\uFF1A](?=[/\\\\])");

  private Cleaned() {}

  /** A word or name that somebody else chose. */
  static String word(String text) {
    return word(text, LONGEST_WORD);
  }

  /** The same with another longest length. */
  static String word(String text, int longest) {
    String plain = bounded(plain(text), longest);
    plain = DOT.matcher(plain).replaceAll("[.]");
    plain = COLON.matcher(plain).replaceAll("[:]");
    return AT.matcher(plain).replaceAll("[@]");
  }

  /** A sentence of Vakt's own that quotes others. */
  static String sentence(String text) {
    String plain = bounded(plain(text), LONGEST_SENTENCE);
    plain = LETTER_DOT.matcher(plain).replaceAll("[.]");
    plain = SCHEME.matcher(plain).replaceAll("[:]");
    return AT.matcher(plain).replaceAll("[@]");
  }

  private static String plain(String text) {
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    kept.append(' ');
                case Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> {}
                default -> kept.appendCodePoint(c);
              }
            });
    return kept.toString().strip().replaceAll(" {2,}", " ");
  }

  private static String bounded(String text, int longest) {
    if (text.codePointCount(0, text.length()) <= longest) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
  }
}
