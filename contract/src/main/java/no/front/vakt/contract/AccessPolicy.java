package no.front.vakt.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the customer API as this customer. Neither networks nor password: nobody.
 *
 * @param networks CIDR blocks, IPv4 and IPv6
 * @param passwordHash bcrypt hash, {@code $2a$}, {@code $2b$} or {@code $2y$}
 */
public record AccessPolicy(List<String> networks, @Nullable String passwordHash) {
  /**
   * Highest cost of a password's hash. A check at this cost takes about a second of one core;
   * above, anybody could stop the door, so it uses no such hash, and none may be published.
   */
  public static final int MOST_BCRYPT_COST = 14;

  /** Copies the networks. */
  public AccessPolicy {
    networks = networks == null ? List.of() : List.copyOf(networks);
  }

  /** Never prints the hash. */
  @Override
  public String toString() {
    return "AccessPolicy[networks="
        + networks
        + ", passwordHash="
        + (passwordHash == null ? "none" : "set")
        + "]";
  }
}
