package no.front.vakt.rules.message;

import java.util.Locale;
import java.util.Set;

/**
 * IPv4 addresses in fewer than four numbers with a path: {@code 2130706433/login}, {@code
 * 127.1/login}. Prices, dates, times and registration numbers stand before slashes too ({@code
 * 99.90/mnd}, {@code 24.12/Oslo}, {@code 987654321/MVA}) and are none.
 */
final class ShortAddresses {

  /** Every number below is an address of network 0, which nobody serves. */
  private static final long LEAST = 1L << 24;

  private static final int LONGEST = 40;

  /** What a price or an amount is counted by, and what follows a registration number. */
  private static final Set<String> UNITS =
      Set.of(
          "mva",
          "mnd",
          "md",
          "mn",
          "m\u00E5ned",
          "month",
          "mo",
          "stk",
          "pk",
          "pakke",
          "kg",
          "g",
          "hg",
          "l",
          "dl",
          "liter",
          "kwh",
          "kw",
          "mbps",
          "gb",
          "mb",
          "km",
          "mil",
          "m",
          "m2",
          "m3",
          "kvm",
          "time",
          "timer",
          "t",
          "h",
          "hour",
          "hr",
          "min",
          "sek",
          "s",
          "uke",
          "week",
          "\u00E5r",
          "year",
          "yr",
          "dag",
          "d\u00F8gn",
          "natt",
          "day",
          "night",
          "pers",
          "person",
          "barn",
          "voksen",
          "gang",
          "bit",
          "termin",
          "kvartal",
          "enhet",
          "each",
          "par");

  private ShortAddresses() {}

  /** Whether {@code chars[from, to)} is one, with a path whose first word is at {@code path}. */
  static boolean isOne(char[] chars, int from, int to, int path, int length) {
    if (to - from > LONGEST || to - from < 3 || chars[from] < '0' || chars[from] > '9') {
      return false;
    }
    String host = new String(chars, from, to - from);
    String[] labels = host.split("\\.", -1);
    if (labels.length > 3 || host.endsWith(".") || isUnit(chars, path, length)) {
      return false;
    }
    if (IpLiterals.ipv4(host).isEmpty()) {
      return false;
    }
    if (host.indexOf('x') > 0 || host.indexOf('X') > 0) {
      return true;
    }
    return labels.length == 1 ? isLarge(host) : !isDateOrTime(labels);
  }

  private static boolean isLarge(String number) {
    return number.length() <= 20
        && Long.parseUnsignedLong(number, number.charAt(0) == '0' ? 8 : 10) >= LEAST;
  }

  /** {@code 24.12}, {@code 12.30}, {@code 24.12.2026}. */
  private static boolean isDateOrTime(String[] labels) {
    String last = labels[labels.length - 1];
    boolean isYear = labels.length == 3 && last.length() == 4;
    for (int i = 0; i < labels.length - (isYear ? 1 : 0); i++) {
      if (labels[i].length() > 2 || Integer.parseInt(labels[i]) > 59) {
        return false;
      }
    }
    return Integer.parseInt(labels[0]) <= 31;
  }

  private static boolean isUnit(char[] chars, int from, int length) {
    int end = from;
    while (end < length && end - from < 9 && Character.isLetterOrDigit(chars[end])) {
      end++;
    }
    boolean goesOn = end < length && "/?#-_=&%".indexOf(chars[end]) >= 0;
    return !goesOn && UNITS.contains(new String(chars, from, end - from).toLowerCase(Locale.ROOT));
  }
}
