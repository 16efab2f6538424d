package no.front.vakt.rules.message;

import java.util.Locale;
import java.util.Set;

/**
 * Full stops that look like the dot of a host: the sentence without the space ({@code Takk.Vi ses})
 * and the abbreviation ({@code org.nr}).
 *
 * <p>The contract excepts a word, a dot and a capitalised common Norwegian or English word with no
 * path, and nothing more: {@code takk.vi} is a link, {@code TAKK.VI} and {@code www.Front.No} too.
 * A number counts as a word here ({@code 12.12.2026.Vi ses}), because dates and sums end sentences.
 * The abbreviations are a short list of fixed forms that a reader never takes for a host. Both
 * lists are our own: {@code urls/sentence-words.txt}, {@code urls/abbreviations.txt}.
 */
final class SentenceStops {

  private static final Set<String> WORDS = ListedNames.in("sentence-words.txt");
  private static final Set<String> ABBREVIATIONS = ListedNames.in("abbreviations.txt");
  private static final int LONGEST_ABBREVIATION = 12;

  private SentenceStops() {}

  /**
   * Whether the host {@code text[from, to)}, which has no path, is two sentences or an
   * abbreviation.
   */
  static boolean isSentence(char[] text, int from, int to) {
    int lastDot = to - 1;
    while (text[lastDot] != '.') {
      lastDot--;
    }
    return isCapitalisedCommonWord(text, lastDot + 1, to)
        ? isWord(text, from, lastDot) || isNumber(text, from, lastDot)
        : isAbbreviation(text, from, to);
  }

  /** Whether the label is, in any case, a common word. */
  static boolean isCommonWord(char[] text, int from, int to) {
    return WORDS.contains(new String(text, from, to - from).toLowerCase(Locale.ROOT));
  }

  private static boolean isCapitalisedCommonWord(char[] text, int from, int to) {
    if (!Character.isUpperCase(text[from])) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!Character.isLowerCase(text[i])) {
        return false;
      }
    }
    return isCommonWord(text, from, to);
  }

  /** Letters, and hyphens between them. */
  private static boolean isWord(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean isInnerHyphen = text[i] == '-' && i > from && i < to - 1;
      if (!Character.isLetter(text[i]) && !isInnerHyphen) {
        return false;
      }
    }
    return to > from;
  }

  private static boolean isNumber(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != '.' && (text[i] < '0' || text[i] > '9')) {
        return false;
      }
    }
    return to > from;
  }

  /** Also with a number glued before it: {@code 500kr.pr.mnd}. */
  private static boolean isAbbreviation(char[] text, int from, int to) {
    int start = from;
    while (start < to && text[start] >= '0' && text[start] <= '9') {
      start++;
    }
    return to - start <= LONGEST_ABBREVIATION
        && ABBREVIATIONS.contains(new String(text, start, to - start).toLowerCase(Locale.ROOT));
  }
}
