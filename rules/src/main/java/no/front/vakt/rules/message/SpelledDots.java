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

  private static final String[] INSIDE = {".", "dot", "punktum", "punkt", "prikk", "://", ":", "/"};
  private static final String[] MEANING = {".", ".", ".", ".", ".", "://", ":", "/"};
  private static final String[] BARE = {"dot", "punktum", "punkt"};
  private static final String[] BARE_STARTS = {
    " dot ", " DOT ", " Dot ", " punkt", " Punkt", " PUNKT"
  };
  private static final int MOST_SPACES = 3;

  /** The longest name of DNS. */
  private static final int LONGEST_HOST = 253;

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
    if (text.indexOf('/') < 0) {
      return false;
    }
    for (String start : BARE_STARTS) {
      if (text.contains(start)) {
        return true;
      }
    }
    return false;
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
      } else if (c == '.') {
        next = closedOnly(i);
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
   * it spells nothing. The bracket may be doubled, and may stay open before a dot alone.
   */
  private int bracketed(int open) {
    int inner = open + 1;
    if (inner < length && chars[inner] == chars[open]) {
      inner++;
    }
    inner = pastSpaces(inner);
    for (int k = 0; k < INSIDE.length; k++) {
      String inside = INSIDE[k];
      if (!isAt(inside, inner)) {
        continue;
      }
      int end = inner + inside.length();
      int close = pastSpaces(end);
      boolean isClosed = close < length && isCloser(chars[close]);
      if (isClosed) {
        end = close + 1;
        end += end < length && chars[end] == chars[close] ? 1 : 0;
      } else if (k > 0 || !endsInTopLevel(end)) {
        continue;
      }
      int before = out;
      while (before > 0 && chars[before - 1] == ' ' && out - before < MOST_SPACES) {
        before--;
      }
      int after = isClosed ? pastSpaces(end) : end;
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
    return open;
  }

  /** {@code evil.]com}: the position after the bracket, or {@code dot} when it is none. */
  private int closedOnly(int dot) {
    int after = dot + 2;
    boolean isSplit =
        out > 0
            && after < length
            && (chars[dot + 1] == ']' || chars[dot + 1] == '}')
            && isName(chars[out - 1])
            && endsInTopLevel(after);
    if (!isSplit) {
      return dot;
    }
    keep(dot, '.');
    return after;
  }

  /** Whether the labels that begin here end in a top-level domain, and no sentence begins here. */
  private boolean endsInTopLevel(int from) {
    int label = from;
    int end = from;
    while (end < length && end - from < LONGEST_HOST && (isName(chars[end]) || chars[end] == '-')) {
      end++;
      if (end + 1 < length && chars[end] == '.' && isName(chars[end + 1])) {
        label = ++end;
      }
    }
    return PublicSuffixes.isTopLevel(chars, label, end) && !isCapitalised(from);
  }

  private boolean isCapitalised(int from) {
    return Character.isUpperCase(chars[from]) && !Character.isUpperCase(chars[from + 1]);
  }

  private int pastSpaces(int from) {
    int end = from;
    while (end < length && chars[end] == ' ' && end - from < MOST_SPACES) {
      end++;
    }
    return end;
  }

  /** {@code evil dot com/login}: the position of the word after the dot. */
  private int bareWord(int space) {
    int start = pastSpaces(space);
    for (String word : BARE) {
      int end = start + word.length();
      int after = pastSpaces(end);
      if (after > end
          && out > 0
          && isName(chars[out - 1])
          && isAt(word, start)
          && leadsToPath(after)) {
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
