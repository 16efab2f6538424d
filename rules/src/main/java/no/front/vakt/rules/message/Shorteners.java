package no.front.vakt.rules.message;

import java.util.Set;

/**
 * The hosts that hide where a link leads.
 *
 * <p>Source: the list of Peter Dave Hello and contributors, CC BY-SA 4.0, {@code
 * urls/shorteners.txt}.
 */
public final class Shorteners {

  private static final Set<String> HOSTS = ListedNames.in("shorteners.txt");

  private Shorteners() {}

  /** Whether the host, with or without {@code www.}, is a listed shortener. */
  public static boolean contains(Host host) {
    return contains(host.ascii());
  }

  static boolean contains(String host) {
    return HOSTS.contains(host) || (host.startsWith("www.") && HOSTS.contains(host.substring(4)));
  }
}
