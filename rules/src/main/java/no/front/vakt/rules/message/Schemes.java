package no.front.vakt.rules.message;

/**
 * The schemes that make a link.
 *
 * <p>Any name before {@code ://}; {@code http:} and {@code https:} with fewer slashes, for browsers
 * add them; {@code javascript:}, {@code vbscript:}, {@code data:} with a media type, {@code
 * intent:#}, {@code magnet:?}. Not {@code tel:}, {@code sms:} and {@code mailto:}: {@code
 * Tel:22334455} is how people write, a mail address is no link, and none of them leads to a host.
 */
final class Schemes {

  /** Longer names than any registered one; bounds the look back from a colon. */
  private static final int LONGEST_NAME = 64;

  private static final String[] WEB = {"https", "hxxps", "http", "hxxp"};
  private static final String[] SCRIPT = {"javascript", "vbscript"};
  private static final String[] DATA_STARTS = {
    "text/",
    "image/",
    "application/",
    "audio/",
    "video/",
    "font/",
    "multipart/",
    "message/",
    ",",
    ";"
  };

  private Schemes() {}

  /**
   * Where the name before the colon begins, not before {@code floor}; the colon itself when there
   * is none.
   */
  static int startOfName(char[] chars, int floor, int colon) {
    int web = startOfWebScheme(chars, floor, colon);
    if (web >= 0) {
      return web;
    }
    int start = colon;
    while (start > floor
        && colon - start < LONGEST_NAME
        && LinkChars.isSchemeChar(chars[start - 1])) {
      start--;
    }
    while (start < colon && !LinkChars.isAsciiLetter(chars[start])) {
      start++;
    }
    return start;
  }

  /**
   * Where {@code http}, {@code https}, {@code hxxp} or {@code hxxps} begins right before the colon,
   * or -1.
   */
  static int startOfWebScheme(char[] chars, int floor, int colon) {
    for (String name : WEB) {
      if (colon - name.length() >= floor && isAt(chars, colon - name.length(), colon, name)) {
        return colon - name.length();
      }
    }
    return -1;
  }

  /** The scheme's canonical name: lower case, {@code hxxp} undone. */
  static String canonical(String name) {
    return switch (name) {
      case "hxxp" -> "http";
      case "hxxps" -> "https";
      default -> name;
    };
  }

  static boolean isWeb(String canonical) {
    return canonical.equals("http") || canonical.equals("https");
  }

  /**
   * A scheme that runs what follows: {@code javascript://front.no/%0aalert(1)} leads to no host.
   */
  static boolean isScript(String name) {
    for (String script : SCRIPT) {
      if (name.equals(script)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether {@code name:} followed by {@code after} is a link without slashes and without a host.
   */
  static boolean isHostless(String name, char[] chars, int after, int length) {
    if (after >= length || LinkChars.isEnd(chars[after])) {
      return false;
    }
    if (isScript(name)) {
      return true;
    }
    if (name.equals("data")) {
      for (String start : DATA_STARTS) {
        if (isAt(chars, after, Math.min(length, after + start.length()), start)) {
          return true;
        }
      }
    }
    return (name.equals("intent") && chars[after] == '#')
        || (name.equals("magnet") && chars[after] == '?');
  }

  private static boolean isAt(char[] chars, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Character.toLowerCase(chars[i]) != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }
}
