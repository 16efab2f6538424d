package no.front.vakt.rules.message;

/**
 * A host as machines compare it.
 *
 * @param ascii after IDNA, lower case, without the final dot; an IP literal in the canonical form
 *     of the WHATWG URL standard ({@code 192.168.1.1}, {@code [::1]}). A host no parser can accept
 *     keeps its spelling, lower-cased: it equals no name that exists, and must be counted all the
 *     same.
 * @param isIpLiteral an address instead of a name
 * @param registrableDomain the public suffix and one label more; the host itself when it has no
 *     such part. An IPv4 address written as IPv6 ({@code [::ffff:1.2.3.4]}) counts as the IPv4
 *     address
 */
public record Host(String ascii, boolean isIpLiteral, String registrableDomain) {

  static Host named(String ascii) {
    return new Host(ascii, false, PublicSuffixes.registrableDomain(ascii));
  }

  static Host address(String canonical) {
    return new Host(canonical, true, canonical);
  }

  static Host address(String canonical, String countedAs) {
    return new Host(canonical, true, countedAs);
  }
}
