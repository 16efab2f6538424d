package no.front.vakt.rules.message;

import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands after a link's slashes, read as every common parser would: user, host, port, and
 * where the path begins.
 *
 * <p>Parsers part ways at {@code \} (browsers end the host there, RFC 3986 does not), at several
 * {@code @} (curl once took the first), at the full-width and the small {@code @}, at {@code #@}
 * (PHP, old curl), at percent-encoded delimiters and at names no standard accepts. Each of those
 * hosts is listed, the browser's first. The name of a user is never a host.
 *
 * @param hosts every host some parser would see, distinct, the WHATWG standard's first where it
 *     sees one
 * @param port the port the standard reads, {@link Link#DEFAULT_PORT} when none is written, {@link
 *     Link#UNREADABLE_PORT} when it is no port number
 * @param pathStart where path, query or fragment begin
 */
record Authority(List<Host> hosts, int port, int pathStart) {

  /** Deeper nesting of percent-encoding than any parser undoes. */
  private static final int MOST_DECODINGS = 4;

  /** More readings than this only repeat themselves; it bounds the work on {@code a@a@a@…}. */
  private static final int MOST_HOSTS = 8;

  /** No parser takes a host between the first {@code @} and the last; bounds the work likewise. */
  private static final int MOST_SERVERS = 64;

  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  static Authority of(String rest) {
    List<Host> hosts = new ArrayList<>(1);
    int end = indexOfAny(rest, 0, true);
    read(rest, end, hosts, 0);
    return new Authority(List.copyOf(hosts), port(rest, end), end);
  }

  private static void read(String rest, int end, List<Host> hosts, int depth) {
    int lastAt = rest.lastIndexOf('@', end - 1);
    addServer(rest, lastAt + 1, end, hosts, depth);
    if (lastAt > 0) {
      addEarlierServers(rest, lastAt, hosts, depth);
    }
    if (end == rest.length() || rest.charAt(end) == '/') {
      return;
    }
    if (rest.charAt(end) == '\\') {
      readPastBackslash(rest, end, hosts, depth);
    } else {
      readPastFragment(rest, end, hosts, depth);
    }
  }

  /** {@code user@first@last}: each part but the user is a host to somebody. */
  private static void addEarlierServers(String rest, int lastAt, List<Host> hosts, int depth) {
    int from = rest.indexOf('@') + 1;
    for (int i = 0; i < MOST_SERVERS && from > 0 && from <= lastAt; i++) {
      int at = rest.indexOf('@', from);
      addServer(rest, from, at, hosts, depth);
      from = at + 1;
    }
  }

  /** {@code front.no\@evil.example}: by RFC 3986 a backslash does not end the host. */
  private static void readPastBackslash(String rest, int end, List<Host> hosts, int depth) {
    int furtherEnd = indexOfAny(rest, end, false);
    int at = rest.lastIndexOf('@', furtherEnd - 1);
    if (at > end) {
      addServer(rest, at + 1, furtherEnd, hosts, depth);
      return;
    }
    String joined = rest.substring(0, furtherEnd).replace("\\", "");
    addServer(joined, joined.lastIndexOf('@') + 1, joined.length(), hosts, depth);
  }

  /**
   * {@code evil.example#@front.no}; after {@code ?} only without {@code =}, or every address in a
   * query would count.
   */
  private static void readPastFragment(String rest, int end, List<Host> hosts, int depth) {
    int slash = rest.indexOf('/', end);
    int furtherEnd = slash < 0 ? rest.length() : slash;
    int at = rest.lastIndexOf('@', furtherEnd - 1);
    int equals = rest.indexOf('=', end);
    boolean isQuery = rest.charAt(end) == '?' && equals >= 0 && equals < at;
    if (at > end && !isQuery) {
      int serverEnd = Math.min(indexOfAny(rest, at, true), furtherEnd);
      addServer(rest, at + 1, serverEnd, hosts, depth);
    }
  }

  private static void addServer(String rest, int from, int to, List<Host> hosts, int depth) {
    if (to <= from || hosts.size() >= MOST_HOSTS) {
      return;
    }
    int wideAt = to - 1;
    while (wideAt >= from && rest.charAt(wideAt) != '\uFF20' && rest.charAt(wideAt) != '\uFE6B') {
      wideAt--;
    }
    if (wideAt >= from) {
      addServer(rest, wideAt + 1, to, hosts, depth);
      addServer(rest, from, wideAt, hosts, depth);
      return;
    }
    int colon = portColon(rest, from, to);
    addHost(rest.substring(from, colon), hosts, depth);
  }

  private static void addHost(String written, List<Host> hosts, int depth) {
    if (written.isEmpty()) {
      return;
    }
    Optional<Host> host = HostParser.parse(written);
    if (host.isEmpty()) {
      addRefusedHost(written, hosts, depth);
      return;
    }
    add(host.get(), hosts);
    if (host.get().isIpLiteral() && written.charAt(0) != '[') {
      IpLiterals.ipv4WithoutOctal(written).map(Host::address).ifPresent(other -> add(other, hosts));
    } else if (hasDeviation(written)) {
      HostParser.parseTransitionally(written).ifPresent(other -> add(other, hosts));
    }
  }

  /**
   * What the standard refuses may still lead somewhere: decoded once more, or cut at what cannot be
   * in a name.
   */
  private static void addRefusedHost(String written, List<Host> hosts, int depth) {
    int zone = written.startsWith("[") ? written.indexOf('%') : -1;
    if (zone > 0) {
      addHost(written.substring(0, zone) + "]", hosts, MOST_DECODINGS);
      return;
    }
    String decoded = HostParser.percentDecoded(written);
    int before = hosts.size();
    if (decoded.indexOf('\uFF20') >= 0 || decoded.indexOf('\uFE6B') >= 0) {
      addServer(decoded, 0, decoded.length(), hosts, depth);
    }
    String plain = NFKC.normalize(decoded);
    if (!plain.equals(written) && depth < MOST_DECODINGS) {
      read(plain, indexOfAny(plain, 0, true), hosts, depth + 1);
    }
    if (hosts.size() > before) {
      return;
    }
    int start = 0;
    int end = written.length();
    while (start < end && HostParser.isForbidden(written.charAt(start))) {
      start++;
    }
    while (end > start && HostParser.isForbidden(written.charAt(end - 1))) {
      end--;
    }
    int first = start;
    while (first < end && !HostParser.isForbidden(written.charAt(first))) {
      first++;
    }
    int last = end;
    while (last > first && !HostParser.isForbidden(written.charAt(last - 1))) {
      last--;
    }
    addAsWritten(written.substring(start, first), hosts);
    if (last > first) {
      addAsWritten(written.substring(last, end), hosts);
    }
  }

  private static void addAsWritten(String name, List<Host> hosts) {
    if (!name.isEmpty()) {
      add(HostParser.parse(name).orElseGet(() -> Host.named(name.toLowerCase(Locale.ROOT))), hosts);
    }
  }

  private static void add(Host host, List<Host> hosts) {
    if (hosts.size() < MOST_HOSTS && !hosts.contains(host)) {
      hosts.add(host);
    }
  }

  private static int port(String rest, int end) {
    int from = rest.lastIndexOf('@', end - 1) + 1;
    int colon = portColon(rest, from, end);
    if (colon + 1 >= end) {
      return Link.DEFAULT_PORT;
    }
    int port = 0;
    for (int i = colon + 1; i < end; i++) {
      char c = rest.charAt(i);
      if (c < '0' || c > '9') {
        return Link.UNREADABLE_PORT;
      }
      port = Math.min(port * 10 + c - '0', 65_536);
    }
    return port > 65_535 ? Link.UNREADABLE_PORT : port;
  }

  /** The colon before the port, or {@code to}; colons inside the brackets of IPv6 do not count. */
  private static int portColon(String rest, int from, int to) {
    int search = from;
    if (from < to && rest.charAt(from) == '[') {
      int close = rest.indexOf(']', from);
      search = close < 0 || close >= to ? from : close;
    }
    int colon = rest.indexOf(':', search);
    return colon < 0 || colon > to ? to : colon;
  }

  private static int indexOfAny(String rest, int from, boolean backslashEnds) {
    for (int i = from; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '/' || c == '?' || c == '#' || (c == '\\' && backslashEnds)) {
        return i;
      }
    }
    return rest.length();
  }

  private static boolean hasDeviation(String host) {
    return host.indexOf('ß') >= 0 || host.indexOf('ẞ') >= 0 || host.indexOf('ς') >= 0;
  }
}
