package no.front.vakt.rules.message;

/**
 * Dots that are spelled so that no machine sees a link and every reader does: {@code evil[.]com},
 * {@code evil (dot) com}, {@code https[:]//}, and {@code evil dot com/login}.
 *
 * <p>The bare word {@code dot} counts only where a top-level domain and a path follow, for "the dot
 * com bubble" is English. Works in place: what is written out is never longer than what stood
 * there.
 */
final class SpelledDots {

  private static final String[] INSIDE = {".", "dot", "punktum", "prikk", ":", "://", "/"};
  private static final String[] MEANING = {".", ".", ".", ".", ":", "://", "/"};
  private static final String[] BARE = {" dot ", " punktum "};

  private final char[] chars;
  private final int length;
  private final int[] starts;
  private final int[] ends;
  private int out;

  SpelledDots(char[] chars, int length, int[] starts, int[] ends) {
    this.chars = chars;
    this.length = length;
    this.starts = starts;
    this.ends = ends;
  }

  static boolean mayBeIn(String text) {
    return text.indexOf('/') >= 0
        && (text.contains(" dot ")
            || text.contains(" DOT ")
            || text.contains(" Dot ")
            || text.contains(" punktum "));
  }

  FoldedText writtenOut(String original) {
    out = 0;
    int i = 0;
    while (i < length) {
      char c = chars[i];
      int next = i;
      if (c == '[' || c == '(' || c == '{') {
        next = bracketed(i);
      } else if (c == ' ') {
        next = bareWord(i);
      }
      if (next == i) {
        keep(i, c);
        next = i + 1;
      }
      i = next;
    }
    return FoldedText.mapped(original, chars, out, starts, ends);
  }

  private void keep(int from, char c) {
    chars[out] = c;
    starts[out] = starts[from];
    ends[out++] = ends[from];
  }

  /**
   * Writes out what the bracket at {@code open} spells; the position after it, or {@code open} when
   * it spells nothing.
   */
  private int bracketed(int open) {
    for (int k = 0; k < INSIDE.length; k++) {
      String inside = INSIDE[k];
      int close = open + 1 + inside.length();
      if (close < length && isCloser(chars[close]) && isAt(inside, open + 1)) {
        int before = out;
        while (before > 0 && chars[before - 1] == ' ' && out - before < 2) {
          before--;
        }
        int after = close + 1;
        while (after < length && chars[after] == ' ' && after - close <= 2) {
          after++;
        }
        boolean isInside = before > 0 && after < length && isName(chars[before - 1]);
        if (!isInside || !(isName(chars[after]) || chars[after] == '/')) {
          return open;
        }
        out = before;
        for (int m = 0; m < MEANING[k].length(); m++) {
          keep(open, MEANING[k].charAt(m));
        }
        return after;
      }
    }
    return open;
  }

  /** {@code evil dot com/login}: the position of the word after the dot. */
  private int bareWord(int space) {
    for (String word : BARE) {
      int after = space + word.length();
      if (out > 0 && isName(chars[out - 1]) && isAt(word, space) && leadsToPath(after)) {
        keep(space, '.');
        return after;
      }
    }
    return space;
  }

  private boolean leadsToPath(int from) {
    int end = from;
    while (end < length && isName(chars[end])) {
      end++;
    }
    boolean hasPath = end + 1 < length && chars[end] == '/' && isName(chars[end + 1]);
    return hasPath && PublicSuffixes.isTopLevel(chars, from, end);
  }

  private boolean isAt(String word, int from) {
    if (from + word.length() > length) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (Character.toLowerCase(chars[from + i]) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCloser(char c) {
    return c == ']' || c == ')' || c == '}';
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c);
  }
}
