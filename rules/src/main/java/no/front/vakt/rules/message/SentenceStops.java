package no.front.vakt.rules.message;

import java.util.Locale;
import java.util.Set;

/**
 * Full stops that look like the dot of a host: the sentence without the space ({@code Takk.Vi ses})
 * and the abbreviation ({@code org.nr}).
 *
 * <p>The contract excepts a word, a dot and a capitalised common Norwegian or English word with no
 * path, and nothing more: {@code takk.vi} is a link, {@code TAKK.VI} and {@code www.Front.No} too.
 * Dates, times, sums and short numbers count as a word here ({@code 12.12.2026.Vi ses}), because
 * they end sentences. The abbreviations are a short list of fixed forms that a reader never takes
 * for a host. Both lists are our own: {@code urls/sentence-words.txt}, {@code
 * urls/abbreviations.txt}.
 */
final class SentenceStops {

  private static final Set<String> WORDS = ListedNames.in("sentence-words.txt");
  private static final Set<String> ABBREVIATIONS = ListedNames.in("abbreviations.txt");
  private static final int LONGEST_ABBREVIATION = 12;

  /** One-time codes have four to eight digits, and a sentence often ends with one. */
  private static final int LONGEST_CODE = 8;

  /** What may stand right behind the last word read: stops, closing quotes and brackets. */
  private static final String AFTER_WORD = ".,!?)]}\"'\u00BB\u201D\u2019\u2026";

  private SentenceStops() {}

  /**
   * Whether the host {@code text[from, to)}, which has no path, is two sentences or an
   * abbreviation.
   */
  static boolean isSentence(char[] text, int from, int to, int length) {
    int lastDot = to - 1;
    while (text[lastDot] != '.') {
      lastDot--;
    }
    if (isCapitalisedCommonWord(text, lastDot + 1, to)) {
      return endsWord(text, to, length)
          && (isWord(text, from, lastDot) || isNumber(text, from, lastDot));
    }
    return isAbbreviation(text, from, to)
        || (isUnit(text, lastDot + 1, to) && isAmount(text, from, lastDot));
  }

  /** Whether running text goes on or ends at {@code to}: {@code Vipps.Se;x} is none. */
  private static boolean endsWord(char[] text, int to, int length) {
    if (to >= length) {
      return true;
    }
    char c = text[to];
    return c == ':'
        ? to + 1 >= length || text[to + 1] <= ' '
        : (c <= ' ' && Character.isWhitespace(c)) || AFTER_WORD.indexOf(c) >= 0;
  }

  /** {@code 9.30.am}, {@code 200.kr}. */
  private static boolean isUnit(char[] text, int from, int to) {
    if (to - from != 2) {
      return false;
    }
    int first = text[from] | 32;
    int second = text[from + 1] | 32;
    return (second == 'm' && (first == 'a' || first == 'p')) || (first == 'k' && second == 'r');
  }

  /** Digits and dots, {@code kl.} before them or not. */
  private static boolean isAmount(char[] text, int from, int to) {
    boolean hasClock =
        to - from > 3
            && (text[from] | 32) == 'k'
            && (text[from + 1] | 32) == 'l'
            && text[from + 2] == '.';
    for (int i = hasClock ? from + 3 : from; i < to; i++) {
      if (text[i] != '.' && (text[i] < '0' || text[i] > '9')) {
        return false;
      }
    }
    return to > from;
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

  private static boolean isWord(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isLetter(text[i])) {
        return false;
      }
    }
    return to > from;
  }

  /** At most eight digits, as in a code, or groups as in a date, a time or a sum. */
  private static boolean isNumber(char[] text, int from, int to) {
    int groups = 0;
    int longest = 0;
    int last = 0;
    boolean isSum = true;
    for (int i = from; i < to; i++) {
      int start = i;
      while (i < to && text[i] >= '0' && text[i] <= '9') {
        i++;
      }
      if (i == start || (i < to && text[i] != '.')) {
        return false;
      }
      longest = Math.max(longest, last);
      last = i - start;
      isSum &= groups == 0 ? last <= 3 : last == 3;
      groups++;
    }
    boolean isDateOrTime = groups <= 3 && longest <= 2 && (last <= 2 || last == 4);
    return groups == 1 ? last <= LONGEST_CODE : groups > 1 && (isSum || isDateOrTime);
  }

  /** Also with a number glued before it: {@code 500kr.pr.mnd}. */
  static boolean isAbbreviation(char[] text, int from, int to) {
    int start = from;
    while (start < to && text[start] >= '0' && text[start] <= '9') {
      start++;
    }
    return to - start <= LONGEST_ABBREVIATION
        && ABBREVIATIONS.contains(new String(text, start, to - start).toLowerCase(Locale.ROOT));
  }
}
