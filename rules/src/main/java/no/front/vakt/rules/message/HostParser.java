package no.front.vakt.rules.message;

import com.ibm.icu.text.IDNA;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The host parser of the WHATWG URL standard for special schemes: percent-decoding, IDNA (UTS 46,
 * non-transitional), forbidden code points, IP literals.
 *
 * <p>One difference: the final dot is dropped, because the contract compares hosts without it.
 * Source: https://url.spec.whatwg.org/#host-parsing.
 */
final class HostParser {

  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE);

  /** What the standard lets pass (CheckHyphens and VerifyDnsLength are off). */
  private static final Set<IDNA.Error> PARDONED =
      EnumSet.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  private static final boolean[] FORBIDDEN = forbidden();

  private HostParser() {}

  /** The host as the standard reads it, or empty where it refuses. */
  static Optional<Host> parse(String written) {
    if (written.startsWith("[")) {
      return written.endsWith("]")
          ? ipv6(written.substring(1, written.length() - 1))
          : Optional.empty();
    }
    return name(written.indexOf('%') < 0 ? written : percentDecoded(written));
  }

  /**
   * The host as parsers of IDNA 2003 read it (Java's own still is one): ß is ss there, and ς is σ.
   */
  static Optional<Host> parseTransitionally(String written) {
    return parse(written.replace("ß", "ss").replace("ẞ", "ss").replace('ς', 'σ'));
  }

  private static Optional<Host> ipv6(String inside) {
    int[] groups = IpLiterals.ipv6(inside);
    return groups == null ? Optional.empty() : Optional.of(IpLiterals.ipv6Host(groups));
  }

  private static Optional<Host> name(String decoded) {
    String ascii = isAscii(decoded) ? decoded.toLowerCase(Locale.ROOT) : toAscii(decoded);
    if (ascii.isEmpty() || hasForbidden(ascii)) {
      return Optional.empty();
    }
    if (IpLiterals.endsInNumber(ascii)) {
      return IpLiterals.ipv4(ascii).map(Host::address);
    }
    String host =
        ascii.length() > 1 && ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    return Optional.of(Host.named(host));
  }

  /**
   * ASCII: only its case can change. Punycode stays as it is, for the standard no longer checks it.
   */
  private static boolean isAscii(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (host.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String toAscii(String host) {
    StringBuilder ascii = new StringBuilder();
    IDNA.Info info = new IDNA.Info();
    try {
      UTS46.nameToASCII(host, ascii, info);
    } catch (RuntimeException e) {
      return "";
    }
    return PARDONED.containsAll(info.getErrors()) ? ascii.toString() : "";
  }

  private static boolean hasForbidden(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (isForbidden(ascii.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether no name can hold the character: the standard's forbidden domain code points. */
  static boolean isForbidden(char c) {
    return c < 0x80 && FORBIDDEN[c];
  }

  private static boolean[] forbidden() {
    boolean[] forbidden = new boolean[0x80];
    for (int c = 0; c <= 0x20; c++) {
      forbidden[c] = true;
    }
    forbidden[0x7F] = true;
    for (char c : "#/:<>?@[\\]^|%".toCharArray()) {
      forbidden[c] = true;
    }
    return forbidden;
  }

  /**
   * The text with every {@code %41} turned into its byte and the bytes read as UTF-8; other text
   * stays.
   */
  static String percentDecoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int out = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1]) : -1;
      int low = high < 0 ? -1 : hex(bytes[i + 2]);
      if (low >= 0) {
        bytes[out++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[out++] = bytes[i];
      }
    }
    return new String(bytes, 0, out, StandardCharsets.UTF_8);
  }

  private static int hex(byte b) {
    return b < 0 ? -1 : Character.digit(b, 16);
  }
}
