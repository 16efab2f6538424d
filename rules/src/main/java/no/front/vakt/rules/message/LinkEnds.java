package no.front.vakt.rules.message;

/**
 * Where a link ends in running text: at a space or quote, before closing punctuation, before the
 * next link.
 */
final class LinkEnds {

  private static final String CLOSING_MARKS = ".,!?;:'";

  private LinkEnds() {}

  /** The end of the link whose host begins at {@code from}: at least {@code from}. */
  static int of(char[] chars, int length, int from) {
    int end = from;
    while (end < length && !LinkChars.isEnd(chars[end])) {
      if (chars[end] == ':') {
        int next = nextLink(chars, length, from, end);
        if (next > from) {
          return trimmed(chars, from, next);
        }
      }
      end++;
    }
    return trimmed(chars, from, end);
  }

  /**
   * Where {@code https://…} begins if it is glued to this link ({@code …/x,https://…}); inside a
   * query it is a value.
   */
  private static int nextLink(char[] chars, int length, int from, int colon) {
    if (colon + 2 >= length || chars[colon + 1] != '/' || chars[colon + 2] != '/') {
      return -1;
    }
    int scheme = Schemes.startOfWebScheme(chars, from, colon);
    if (scheme <= from) {
      return -1;
    }
    return "/=?&#%:+-_~.@".indexOf(chars[scheme - 1]) >= 0 ? -1 : scheme;
  }

  /**
   * Without closing marks and without brackets that were opened before the link; {@code /..} is a
   * path, not two stops.
   */
  private static int trimmed(char[] chars, int from, int to) {
    int round = 0;
    int square = 0;
    int curly = 0;
    for (int i = from; i < to; i++) {
      switch (chars[i]) {
        case '(' -> round++;
        case ')' -> round--;
        case '[' -> square++;
        case ']' -> square--;
        case '{' -> curly++;
        case '}' -> curly--;
        default -> {}
      }
    }
    int end = to;
    while (end > from) {
      char last = chars[end - 1];
      if (last == '.') {
        int stops = end;
        while (stops > from && chars[stops - 1] == '.') {
          stops--;
        }
        if (end - stops == 2 && stops > from && LinkChars.isSlash(chars[stops - 1])) {
          return end;
        }
        end = stops;
      } else if (last == ')' && round < 0) {
        round++;
        end--;
      } else if (last == ']' && square < 0) {
        square++;
        end--;
      } else if (last == '}' && curly < 0) {
        curly++;
        end--;
      } else if (last == '(' || last == '[' || last == '{') {
        round -= last == '(' ? 1 : 0;
        square -= last == '[' ? 1 : 0;
        curly -= last == '{' ? 1 : 0;
        end--;
      } else if (CLOSING_MARKS.indexOf(last) >= 0) {
        end--;
      } else {
        return end;
      }
    }
    return end;
  }
}
