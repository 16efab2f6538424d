package no.front.vakt.rules.message;

/**
 * Where a link ends in running text: at a space or quote, before closing punctuation, before the
 * next link.
 */
final class LinkEnds {

  private static final String NEVER_LAST = ",!?;:'([{";

  private LinkEnds() {}

  /** The end of the link whose host begins at {@code from}: at least {@code from}. */
  static int of(char[] chars, int length, int from) {
    int round = 0;
    int square = 0;
    int curly = 0;
    int userEnd = -1;
    int end = from;
    char part = 0;
    while (end < length && !LinkChars.isEnd(chars[end])) {
      if (part != 0 && isGluedHost(chars, length, end)) {
        return trimmed(chars, from, end);
      }
      switch (chars[end]) {
        case '/', '\\' -> part = part == 0 ? '/' : part;
        case '?', '#' -> part = '?';
        case '(' -> round++;
        case ')' -> round--;
        case '[' -> square++;
        case ']' -> square--;
        case '{' -> curly++;
        case '}' -> curly--;
        case ':' -> {
          int next = nextLink(chars, length, from, end, part);
          if (next > from) {
            return trimmed(chars, from, next);
          }
        }
        default -> {}
      }
      if (round < 0 || square < 0 || curly < 0) {
        userEnd = userEnd < 0 ? endOfUser(chars, length, from) : userEnd;
        if (end >= userEnd) {
          break;
        }
        round = 0;
        square = 0;
        curly = 0;
      }
      end++;
    }
    return trimmed(chars, from, end);
  }

  /**
   * The last {@code @} before the path: {@code https://front.no)@evil.example} is a user and a host
   * to a browser.
   */
  private static int endOfUser(char[] chars, int length, int from) {
    int at = from;
    for (int i = from; i < length && !LinkChars.isEnd(chars[i]); i++) {
      if (chars[i] == '/' || chars[i] == '?' || chars[i] == '#') {
        break;
      }
      at = chars[i] == '@' ? i : at;
    }
    return at;
  }

  /**
   * Where {@code https://…} begins if it is glued to this link ({@code …/x,https://…}); inside a
   * query it is a value.
   */
  private static int nextLink(char[] chars, int length, int from, int colon, char part) {
    if (colon + 2 >= length || chars[colon + 1] != '/' || chars[colon + 2] != '/') {
      return -1;
    }
    int scheme = Schemes.startOfWebScheme(chars, from, colon);
    if (scheme <= from) {
      return -1;
    }
    String valueSigns = part == '/' ? "/=?&#%" : "/=?&#%:+-_~.@";
    return valueSigns.indexOf(chars[scheme - 1]) >= 0 ? -1 : scheme;
  }

  /**
   * Whether a host begins behind the sign at {@code sign}, in a path: {@code
   * https://front.no/→evil.com}. After an ASCII sign only {@code www.} does.
   */
  private static boolean isGluedHost(char[] chars, int length, int sign) {
    char c = chars[sign];
    boolean isAscii = c < 0x80;
    if (isAscii ? "-~+*!,;$".indexOf(c) < 0 : isLetterOrDigit(c)) {
      return false;
    }
    int start = sign + 1;
    if (start >= length || !isLetterOrDigit(chars[start])) {
      return false;
    }
    if (isAscii) {
      return start + 4 < length
          && isWww(chars, start)
          && chars[start + 3] == '.'
          && LinkChars.isHost(chars[start + 4]);
    }
    int dot = -1;
    int label = start;
    int end = start;
    while (end < length
        && (isLetterOrDigit(chars[end]) || chars[end] == '-' || chars[end] == '.')) {
      if (chars[end] == '.') {
        if (dot >= 0 && PublicSuffixes.isTopLevel(chars, label, end)) {
          break;
        }
        dot = dot < 0 ? end : dot;
        label = end + 1;
      }
      end++;
    }
    return dot >= 0
        && (IpLiterals.isDottedQuad(chars, start, end)
            || PublicSuffixes.isTopLevel(chars, label, end));
  }

  private static boolean isWww(char[] chars, int from) {
    return (chars[from] | 32) == 'w'
        && (chars[from + 1] | 32) == 'w'
        && (chars[from + 2] | 32) == 'w';
  }

  /** What can stand in a host and is no picture. */
  private static boolean isLetterOrDigit(char c) {
    return c != '-' && c != '_' && LinkChars.isHost(c) && !LinkChars.isSymbol(c);
  }

  /** Without closing marks and brackets opened last; {@code /..} is a path, not two full stops. */
  private static int trimmed(char[] chars, int from, int to) {
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
      } else if (NEVER_LAST.indexOf(last) >= 0) {
        end--;
      } else {
        return end;
      }
    }
    return end;
  }

  /** Whether path, query or fragment stand in {@code [from, to)}. */
  static boolean hasPath(char[] chars, int from, int to) {
    for (int i = from; i < to; i++) {
      if (LinkChars.isSlash(chars[i]) || chars[i] == '?' || chars[i] == '#') {
        return true;
      }
    }
    return false;
  }
}
