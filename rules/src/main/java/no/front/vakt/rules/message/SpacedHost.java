package no.front.vakt.rules.message;

import org.jspecify.annotations.Nullable;

/**
 * A host with spaces around its dots, {@code bit . ly/x}: a reader closes the gaps that a machine
 * trips over.
 *
 * <p>Full stops have spaces too, so more must speak for a host than a top-level domain: a path
 * right after it, {@code www} or {@code //} before it, or the link that ends just there ({@code
 * https://evil .com}). After a gap behind the dot alone, a capital or a common word begins a
 * sentence.
 *
 * @param start where the first label begins, or the gap when the host continues the last link
 * @param end after the top-level domain
 */
record SpacedHost(int start, int end) {

  private static final int MOST_LABELS = 4;

  /** The longest label of DNS. */
  private static final int LONGEST_LABEL = 63;

  /**
   * The spaced host whose last gap is at this dot, not before {@code floor}, the end of the last
   * link.
   */
  static @Nullable SpacedHost at(int dot, char[] chars, int length, int floor) {
    boolean isSpaceBefore = dot > floor && chars[dot - 1] == ' ';
    boolean isSpaceAfter = dot + 1 < length && chars[dot + 1] == ' ';
    int right = isSpaceAfter ? dot + 2 : dot + 1;
    if (!(isSpaceBefore || isSpaceAfter) || right >= length || !LinkChars.isHost(chars[right])) {
      return null;
    }
    if (!isSpaceBefore && Character.isUpperCase(chars[right])) {
      return null;
    }
    int end = right;
    int top = right;
    while (end < length && (LinkChars.isHost(chars[end]) || isInnerDot(chars, end, length))) {
      top = chars[end] == '.' ? end + 1 : top;
      end++;
    }
    boolean isHostAlready = !isSpaceBefore && top > right;
    if (isHostAlready
        || !PublicSuffixes.isTopLevel(chars, top, end)
        || (!isSpaceBefore && SentenceStops.isCommonWord(chars, top, end))) {
      return null;
    }
    boolean hasPath = end + 1 < length && chars[end] == '/' && LinkChars.isHost(chars[end + 1]);
    int before = isSpaceBefore ? dot - 1 : dot;
    if (before == floor && floor > 0 && (isSpaceBefore || hasPath)) {
      return new SpacedHost(floor, end);
    }
    int start = start(before, chars, floor);
    return start >= 0 && (hasPath || isAnnounced(start, chars, floor))
        ? new SpacedHost(start, end)
        : null;
  }

  private static boolean isInnerDot(char[] chars, int at, int length) {
    return chars[at] == '.' && at + 1 < length && LinkChars.isHost(chars[at + 1]);
  }

  /** Follows labels and spaced dots back from {@code end}; -1 when there is no label. */
  private static int start(int end, char[] chars, int floor) {
    int start = -1;
    int at = end;
    for (int labels = 0; labels < MOST_LABELS; labels++) {
      int label = at;
      while (label > floor
          && at - label < LONGEST_LABEL
          && (LinkChars.isHost(chars[label - 1]) || (chars[label - 1] == '.' && label < at))) {
        label--;
      }
      if (label == at || !Character.isLetterOrDigit(chars[label])) {
        return start;
      }
      start = label;
      boolean isSpacedDot = label - 3 > floor && chars[label - 1] == ' ' && chars[label - 2] == '.';
      if (!isSpacedDot) {
        return start;
      }
      at = chars[label - 3] == ' ' ? label - 3 : label - 2;
    }
    return start;
  }

  /** {@code www . evil . com}, {@code http //evil .com}. */
  private static boolean isAnnounced(int start, char[] chars, int floor) {
    boolean isWww =
        (chars[start] | 32) == 'w'
            && (chars[start + 1] | 32) == 'w'
            && (chars[start + 2] | 32) == 'w';
    int before = start > floor && chars[start - 1] == ' ' ? start - 1 : start;
    return isWww || (before > floor + 1 && chars[before - 1] == '/' && chars[before - 2] == '/');
  }
}
