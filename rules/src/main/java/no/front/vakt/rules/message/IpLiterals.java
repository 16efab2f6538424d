package no.front.vakt.rules.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses in every notation a browser opens: dotted, short, octal, hexadecimal, one number,
 * and IPv6.
 *
 * <p>Source: the IPv4 and IPv6 parsers of https://url.spec.whatwg.org/#host-parsing.
 */
final class IpLiterals {

  /** {@code 1.2.3.4}, and four numbers in octal or hexadecimal with some zeros before them. */
  private static final int SHORTEST_QUAD = 7;

  private static final int LONGEST_QUAD = 40;

  /** {@code 1.250.000.000}. */
  private static final int SUM_LENGTH = 13;

  private static final String[] MONEY = {"kr", "nok", "eur", "sek", "dkk", "usd", "\u20AC"};

  /** What goes on with a link behind decimals. */
  private static final String AFTER_SUM_NEVER = "/\\?#:@%";

  private IpLiterals() {}

  /**
   * Whether a browser would read the host as an IPv4 address or refuse it: its last label is a
   * number.
   */
  static boolean endsInNumber(String host) {
    int end = host.endsWith(".") ? host.length() - 1 : host.length();
    int start = host.lastIndexOf('.', end - 1) + 1;
    if (start >= end) {
      return false;
    }
    boolean digits = true;
    for (int i = start; i < end; i++) {
      digits &= isDigit(host.charAt(i));
    }
    return digits || number(host.substring(start, end)) >= 0;
  }

  /** The address the WHATWG parser reads, in dotted form. */
  static Optional<String> ipv4(String host) {
    return ipv4(host, true);
  }

  /**
   * The address as those parsers read it that know no octal numbers: {@code 010.0.0.1} is {@code
   * 10.0.0.1}.
   */
  static Optional<String> ipv4WithoutOctal(String host) {
    return ipv4(host, false);
  }

  private static Optional<String> ipv4(String host, boolean octal) {
    String dotted = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String[] parts = dotted.split("\\.", 6);
    if (parts.length > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long part = octal ? number(parts[i]) : decimal(parts[i]);
      boolean isLast = i == parts.length - 1;
      long most = isLast ? 1L << (8 * (5 - parts.length)) : 256;
      if (part < 0 || part >= most) {
        return Optional.empty();
      }
      address |= isLast ? part : part << (8 * (3 - i));
    }
    return Optional.of(dotted(address));
  }

  static String dotted(long address) {
    return ((address >> 24) & 255)
        + "."
        + ((address >> 16) & 255)
        + "."
        + ((address >> 8) & 255)
        + "."
        + (address & 255);
  }

  private static long number(String part) {
    if (part.isEmpty()) {
      return -1;
    }
    if (part.length() >= 2 && part.charAt(0) == '0' && (part.charAt(1) | 32) == 'x') {
      return digits(part, 2, 16);
    }
    return part.length() >= 2 && part.charAt(0) == '0' ? digits(part, 1, 8) : digits(part, 0, 10);
  }

  private static long decimal(String part) {
    return part.isEmpty() ? -1 : digits(part, 0, 10);
  }

  /**
   * The number, -1 when a digit is none; too large for an address is one too large, whatever its
   * length.
   */
  private static long digits(String part, int from, int radix) {
    long value = 0;
    for (int i = from; i < part.length(); i++) {
      char c = part.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = Math.min(value * radix + digit, 1L << 33);
    }
    return value;
  }

  /** The eight groups of an IPv6 address written without its brackets, or null. */
  static int @Nullable [] ipv6(String text) {
    int[] groups = new int[8];
    int count = 0;
    int gap = -1;
    int i = 0;
    int length = text.length();
    if (text.startsWith(":")) {
      if (!text.startsWith("::")) {
        return null;
      }
      i = 2;
      gap = 0;
    }
    while (i < length) {
      if (count == 8) {
        return null;
      }
      if (text.charAt(i) == ':') {
        if (gap >= 0) {
          return null;
        }
        i++;
        gap = count;
        continue;
      }
      int start = i;
      int value = 0;
      while (i < length
          && i - start < 4
          && Character.digit(text.charAt(i), 16) >= 0
          && text.charAt(i) < 0x80) {
        value = value * 16 + Character.digit(text.charAt(i++), 16);
      }
      if (i < length && text.charAt(i) == '.') {
        if (i == start || count > 6 || !tail(text.substring(start), groups, count)) {
          return null;
        }
        count += 2;
        break;
      }
      if (i < length && text.charAt(i) != ':') {
        return null;
      }
      if (i < length && ++i == length) {
        return null;
      }
      groups[count++] = value;
    }
    return spread(groups, count, gap);
  }

  private static int @Nullable [] spread(int[] groups, int count, int gap) {
    if (gap < 0) {
      return count == 8 ? groups : null;
    }
    if (count == 8) {
      return null;
    }
    int[] spread = new int[8];
    System.arraycopy(groups, 0, spread, 0, gap);
    System.arraycopy(groups, gap, spread, 8 - (count - gap), count - gap);
    return spread;
  }

  /** The IPv4 tail of an IPv6 address: four decimal parts without leading zeros. */
  private static boolean tail(String text, int[] groups, int count) {
    String[] parts = text.split("\\.", 6);
    if (parts.length != 4) {
      return false;
    }
    int[] bytes = new int[4];
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      long value = part.length() > 1 && part.charAt(0) == '0' ? -1 : decimal(part);
      if (value < 0 || value > 255) {
        return false;
      }
      bytes[i] = (int) value;
    }
    groups[count] = bytes[0] << 8 | bytes[1];
    groups[count + 1] = bytes[2] << 8 | bytes[3];
    return true;
  }

  /**
   * The canonical IPv6 host in brackets: the longest run of zeros, of two or more, is written
   * {@code ::}.
   */
  static Host ipv6Host(int[] groups) {
    int gapStart = -1;
    int gapLength = 1;
    for (int i = 0; i < 8; i++) {
      int j = i;
      while (j < 8 && groups[j] == 0) {
        j++;
      }
      if (j - i > gapLength) {
        gapStart = i;
        gapLength = j - i;
      }
      i = Math.max(i, j - 1);
    }
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < 8; i++) {
      if (i == gapStart) {
        out.append(i == 0 ? "::" : ":");
        i += gapLength - 1;
        continue;
      }
      out.append(Integer.toHexString(groups[i]));
      if (i < 7) {
        out.append(':');
      }
    }
    String canonical = out.append(']').toString();
    boolean isMapped =
        groups[5] == 0xFFFF && (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0;
    return isMapped
        ? Host.address(canonical, dotted((long) groups[6] << 16 | groups[7]))
        : Host.address(canonical);
  }

  /** Whether {@code [start, end)} is four numbers that are an address. */
  static boolean isDottedQuad(char[] chars, int start, int end) {
    if (end - start < SHORTEST_QUAD || end - start > LONGEST_QUAD || !isDigit(chars[start])) {
      return false;
    }
    int dots = 0;
    for (int i = start; i < end; i++) {
      if (chars[i] == '.') {
        dots++;
      } else if (Character.digit(chars[i], 16) < 0 && (chars[i] | 32) != 'x') {
        return false;
      }
    }
    return dots == 3 && ipv4(new String(chars, start, end - start)).isPresent();
  }

  /**
   * Whether the four numbers are a sum with points between its thousands, one digit and three
   * groups of three, and money stands beside them: {@code kr 1.250.000.000}, {@code
   * 1.250.100.200,00}.
   */
  static boolean isSum(char[] chars, int start, int end, int length) {
    if (end - start != SUM_LENGTH
        || chars[start + 1] != '.'
        || chars[start + 5] != '.'
        || chars[start + 9] != '.') {
      return false;
    }
    int after = end;
    if (after + 1 < length && chars[after] == ',' && isDecimals(chars[after + 1])) {
      after++;
      while (after < length && isDecimals(chars[after])) {
        after++;
      }
    }
    if (after < length && AFTER_SUM_NEVER.indexOf(chars[after]) >= 0) {
      return false;
    }
    int word = after < length && chars[after] == ' ' ? after + 1 : after;
    int before = start > 0 && chars[start - 1] == ' ' ? start - 1 : start;
    before = before < start && before > 0 && chars[before - 1] == '.' ? before - 1 : before;
    return after > end || isMoney(chars, word, length) || endsInMoney(chars, before);
  }

  private static boolean isDecimals(char c) {
    return isDigit(c) || c == '-';
  }

  private static boolean isMoney(char[] chars, int from, int length) {
    for (String money : MONEY) {
      int end = from + money.length();
      if (isAt(chars, from, end, length, money)
          && (end == length || !(LinkChars.isHost(chars[end]) || chars[end] == '/'))) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsInMoney(char[] chars, int to) {
    for (String money : MONEY) {
      int start = to - money.length();
      if (isAt(chars, start, to, to, money)
          && (start == 0 || !Character.isLetterOrDigit(chars[start - 1]))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(char[] chars, int from, int to, int length, String word) {
    if (from < 0 || to > length) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Character.toLowerCase(chars[i]) != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /** What the notations of addresses are written with. */
  static boolean isPart(char c) {
    return isDigit(c)
        || c == '.'
        || c == ':'
        || ((c | 32) >= 'a' && (c | 32) <= 'f')
        || (c | 32) == 'x';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
