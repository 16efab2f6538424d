package no.front.vakt.rules.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The paths that servers would see in one written path: dot segments resolved before or after
 * decoding, with or without merged slashes and {@code ;parameters}.
 *
 * <p>A path prefix is only safe to allow when every one of them stays below it: {@code
 * /path/%252e%252e/evil} leaves {@code /path} on a server that decodes twice.
 */
final class Paths {

  /** Deeper nesting of percent-encoding than servers undo. */
  private static final int MOST_DECODINGS = 5;

  /** The percent sign before {@code / \\ ? # %}; no repetition, so linear. */
  private static final Pattern STRUCTURAL = Pattern.compile("%(?=2[fF35]|5[cC]|3[fF])");

  private Paths() {}

  /**
   * Every path some server would see, distinct, the WHATWG standard's (percent-decoded once) first.
   */
  static List<String> of(String written) {
    if (isPlain(written)) {
      return List.of(written.isEmpty() ? "/" : written);
    }
    String slashed = written.replace('\\', '/');
    String decoded = decodedThoroughly(written).replace('\\', '/');
    List<String> readings = new ArrayList<>(3);
    add(decodedOnce(resolved(slashed, false)), readings);
    add(resolved(withoutParameters(decoded), false), readings);
    add(resolved(withoutParameters(decoded), true), readings);
    return List.copyOf(readings);
  }

  private static void add(String path, List<String> readings) {
    if (!readings.contains(path)) {
      readings.add(path);
    }
  }

  /** Nothing in it that two servers could read differently. */
  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' || c == '\\' || c == ';') {
        return false;
      }
      if (c == '/'
          && i + 1 < path.length()
          && (path.charAt(i + 1) == '.' || path.charAt(i + 1) == '/')) {
        return false;
      }
    }
    return true;
  }

  private static String resolved(String path, boolean mergeSlashes) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = path.startsWith("/") ? 1 : 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean isLast = i == segments.length - 1;
      String dots = segment.replace("%2e", ".").replace("%2E", ".");
      if (dots.equals("..")) {
        kept.pollLast();
      }
      if (dots.equals("..") || dots.equals(".")) {
        if (isLast) {
          kept.addLast("");
        }
      } else if (!segment.isEmpty() || isLast || !mergeSlashes) {
        kept.addLast(segment);
      }
    }
    StringBuilder joined = new StringBuilder(path.length() + 1);
    for (Iterator<String> each = kept.iterator(); each.hasNext(); ) {
      joined.append('/').append(each.next());
    }
    return joined.length() == 0 ? "/" : joined.toString();
  }

  /**
   * Percent-decoded, but for what would change the structure: {@code %2f}, {@code %5c}, {@code
   * %3f}, {@code %23}, {@code %25}.
   */
  private static String decodedOnce(String path) {
    return HostParser.percentDecoded(STRUCTURAL.matcher(path).replaceAll("%25"));
  }

  private static String decodedThoroughly(String path) {
    String decoded = path;
    for (int i = 0; i < MOST_DECODINGS && decoded.indexOf('%') >= 0; i++) {
      decoded = HostParser.percentDecoded(decoded);
    }
    return decoded;
  }

  private static String withoutParameters(String path) {
    if (path.indexOf(';') < 0) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    boolean inParameters = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      inParameters = c == ';' || (inParameters && c != '/');
      if (!inParameters) {
        out.append(c);
      }
    }
    return out.toString();
  }
}
