package no.front.vakt.rules.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of a customer's link whitelist.
 *
 * <ul>
 *   <li>{@code front.no}: that host and no other, any scheme, port and path;
 *   <li>{@code *.nav.no}: the domain and all below it, any scheme, port and path;
 *   <li>{@code https://example.no/path/}: that scheme, host and port (the scheme's own unless the
 *       entry names one), and every path that begins with {@code /path} and goes on with {@code /}
 *       or ends there. A final slash of the entry makes no difference: {@code /path} itself is
 *       allowed too, being what {@code /path/} redirects from.
 * </ul>
 *
 * Upper case, IDN, a final dot, dot segments and percent-encoding in the entry mean what they mean
 * in a link.
 */
public final class LinkPattern {

  private static final Set<String> OPEN_HOSTING = ListedNames.in("open-hosting.txt");

  /**
   * What a browser never keeps in a host, though its standard lets it pass; in an entry it is a
   * slip of the pen.
   */
  private static final String NEVER_IN_A_NAME = "!\"$&'()*+,;=`{}~ ";

  private final Host host;
  private final boolean isWithSubdomains;
  private final String scheme;
  private final int port;
  private final String pathPrefix;

  private LinkPattern(
      Host host, boolean isWithSubdomains, String scheme, int port, String pathPrefix) {
    this.host = host;
    this.isWithSubdomains = isWithSubdomains;
    this.scheme = scheme;
    this.port = port;
    this.pathPrefix = pathPrefix;
  }

  /**
   * Reads one entry.
   *
   * @throws IllegalArgumentException with a sentence for whoever wrote the entry
   */
  public static LinkPattern parse(String entry) {
    String trimmed = entry.strip();
    if (trimmed.isEmpty()) {
      throw malformed(entry, "is empty");
    }
    int scheme = trimmed.indexOf("://");
    if (scheme >= 0) {
      return withScheme(trimmed, scheme);
    }
    if (trimmed.startsWith("*.")) {
      Host base = host(trimmed, trimmed.substring(2));
      if (base.isIpLiteral()) {
        throw malformed(entry, "names an address, which has no subdomains");
      }
      return new LinkPattern(base, true, "", Link.DEFAULT_PORT, "");
    }
    return new LinkPattern(host(trimmed, trimmed), false, "", Link.DEFAULT_PORT, "");
  }

  private static LinkPattern withScheme(String entry, int colon) {
    String scheme = entry.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!isSchemeName(scheme)) {
      throw malformed(entry, "has no readable scheme before ://");
    }
    String rest = entry.substring(colon + 3);
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw malformed(entry, "has a query or fragment; name scheme, host and path only");
    }
    if (rest.indexOf('@') >= 0 || rest.indexOf('\\') >= 0) {
      throw malformed(entry, "has a user name or a backslash; name scheme, host and path only");
    }
    int slash = rest.indexOf('/');
    String server = slash < 0 ? rest : rest.substring(0, slash);
    int portColon = server.indexOf(':', Math.max(0, server.indexOf(']')));
    Host host = host(entry, portColon < 0 ? server : server.substring(0, portColon));
    Link asLink = Link.of(entry, scheme, true, rest);
    if (asLink.port() == Link.UNREADABLE_PORT) {
      throw malformed(entry, "has a port that is no number from 0 to 65535");
    }
    String path = asLink.path();
    String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new LinkPattern(host, false, scheme, asLink.port(), prefix);
  }

  private static Host host(String entry, String written) {
    if (written.isEmpty()) {
      throw malformed(entry, "names no host");
    }
    if (written.contains("*")) {
      throw malformed(entry, "may have a star only as *. before a domain, without scheme and path");
    }
    if (written.indexOf('/') >= 0) {
      throw malformed(entry, "has a path but no scheme; write https:// before it");
    }
    if (written.charAt(0) != '[' && written.indexOf(':') >= 0) {
      throw malformed(entry, "has a port but no scheme; write https:// before it");
    }
    for (int i = 0; i < written.length(); i++) {
      if (NEVER_IN_A_NAME.indexOf(written.charAt(i)) >= 0) {
        throw malformed(entry, "names no host a browser could open");
      }
    }
    Host host =
        HostParser.parse(FoldedText.of(written).asString())
            .orElseThrow(() -> malformed(entry, "names no host a browser could open"));
    if (host.ascii().startsWith(".") || host.ascii().endsWith(".") || host.ascii().contains("..")) {
      throw malformed(entry, "has an empty part between two dots");
    }
    return host;
  }

  private static boolean isSchemeName(String scheme) {
    for (int i = 0; i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      if (!letter && (i == 0 || "0123456789+-.".indexOf(c) < 0)) {
        return false;
      }
    }
    return !scheme.isEmpty();
  }

  private static IllegalArgumentException malformed(String entry, String fault) {
    return new IllegalArgumentException("The whitelist entry \"" + entry + "\" " + fault + ".");
  }

  /**
   * Whether the entry allows the link in every reading of it; a link without any host, or with a
   * port that is none, is allowed by no entry.
   */
  public boolean allows(Link link) {
    if (link.port() == Link.UNREADABLE_PORT) {
      return false;
    }
    List<Host> hosts = link.hosts();
    for (int i = 0; i < hosts.size(); i++) {
      if (!allowsHost(hosts.get(i))) {
        return false;
      }
    }
    return !hosts.isEmpty() && (scheme.isEmpty() || allowsPlace(link));
  }

  /**
   * Whether the entries allow the link between them: every host by at least one entry that allows
   * scheme, port and path too.
   */
  public static boolean anyAllows(List<LinkPattern> entries, Link link) {
    if (link.port() == Link.UNREADABLE_PORT) {
      return false;
    }
    for (Host host : link.hosts()) {
      boolean isAllowed = false;
      for (LinkPattern entry : entries) {
        isAllowed |= entry.allowsHost(host) && (entry.scheme.isEmpty() || entry.allowsPlace(link));
      }
      if (!isAllowed) {
        return false;
      }
    }
    return !link.hosts().isEmpty();
  }

  private boolean allowsHost(Host other) {
    String name = other.ascii();
    String mine = host.ascii();
    if (name.equals(mine)) {
      return true;
    }
    return isWithSubdomains
        && !other.isIpLiteral()
        && name.length() > mine.length()
        && name.endsWith(mine)
        && name.charAt(name.length() - mine.length() - 1) == '.';
  }

  private boolean allowsPlace(Link link) {
    if (!scheme.equals(link.scheme()) || port != link.port()) {
      return false;
    }
    for (String path : link.paths()) {
      if (!path.startsWith(pathPrefix)
          || (path.length() > pathPrefix.length() && path.charAt(pathPrefix.length()) != '/')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Why the control API must refuse the entry, as a sentence for whoever wrote it; empty when it
   * may stand.
   */
  public static Optional<String> refusal(String entry) {
    LinkPattern pattern;
    try {
      pattern = parse(entry);
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    String name = pattern.host.ascii();
    if (pattern.host.isIpLiteral()) {
      return Optional.empty();
    }
    if (PublicSuffixes.isPrivateSuffix(name) || isOpenHosting(name)) {
      return Optional.of(
          "Anybody may publish under " + name + ": name the host of your own below it.");
    }
    if (PublicSuffixes.isPublicSuffix(name)) {
      return Optional.of("Anybody may register under " + name + ": name a domain of your own.");
    }
    if (Shorteners.contains(name)) {
      return Optional.of(name + " shortens links: it can lead anywhere.");
    }
    return Optional.empty();
  }

  private static boolean isOpenHosting(String name) {
    return OPEN_HOSTING.contains(name)
        || (name.startsWith("www.") && OPEN_HOSTING.contains(name.substring(4)));
  }
}
