package no.front.vakt.rules.message;

import java.util.List;

/**
 * One link in a text, as its reader would be lured by it and as machines would follow it.
 *
 * @param asWritten the very characters of the text, without closing punctuation; a record of the
 *     sender's text, so not for logs or state
 * @param scheme lower case; {@code https} when none is written, {@code http} and {@code https} also
 *     for {@code hxxp} and {@code hxxps}
 * @param hasScheme whether the text itself names the scheme
 * @param hosts every host that some common parser would see, distinct, the WHATWG standard's first;
 *     empty for a link without a host ({@code javascript:…})
 * @param port as written, {@link #DEFAULT_PORT} when none is written or it is the scheme's own,
 *     {@link #UNREADABLE_PORT} when it is no port number
 * @param paths every path that some server would see, without query and fragment, at least {@code
 *     /}
 */
public record Link(
    String asWritten,
    String scheme,
    boolean hasScheme,
    List<Host> hosts,
    int port,
    List<String> paths) {

  /** No port is written, or the one the scheme has anyway. */
  public static final int DEFAULT_PORT = -1;

  /**
   * Something stands where the port belongs that is none: such a link equals no whitelisted port.
   */
  public static final int UNREADABLE_PORT = -2;

  public Link {
    hosts = List.copyOf(hosts);
    paths = List.copyOf(paths);
  }

  /** The link whose scheme is followed by {@code rest}: authority, path, query, fragment. */
  static Link of(String asWritten, String scheme, boolean hasScheme, String rest) {
    Authority authority = Authority.of(rest);
    int port = authority.port() == ownPort(scheme) ? DEFAULT_PORT : authority.port();
    int pathEnd = authority.pathStart();
    while (pathEnd < rest.length() && rest.charAt(pathEnd) != '?' && rest.charAt(pathEnd) != '#') {
      pathEnd++;
    }
    List<String> paths = Paths.of(rest.substring(authority.pathStart(), pathEnd));
    return new Link(asWritten, scheme, hasScheme, authority.hosts(), port, paths);
  }

  static Link withoutHost(String asWritten, String scheme) {
    return new Link(asWritten, scheme, true, List.of(), DEFAULT_PORT, List.of("/"));
  }

  /** The path a browser would ask for, percent-decoded once. */
  public String path() {
    return paths.get(0);
  }

  static int ownPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      case "ftp" -> 21;
      default -> DEFAULT_PORT;
    };
  }
}
