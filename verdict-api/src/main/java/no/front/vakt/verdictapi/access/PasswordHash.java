package no.front.vakt.verdictapi.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.front.vakt.contract.AccessPolicy;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * A bcrypt hash that a password can be checked with: {@code $2a$}, {@code $2b$} or {@code $2y$},
 * which differ by old bugs of other programs only.
 *
 * @param text the hash
 * @param cost doublings of its work
 */
record PasswordHash(String text, int cost) {
  /** Fewest doublings bcrypt knows. */
  private static final int LEAST_COST = 4;

  /** bcrypt looks at no byte after these; longer passwords are wrong, whatever they start with. */
  static final int MOST_BYTES = 72;

  private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  /** Reads a hash; nothing when it is none, or costs too much to check. */
  static Optional<PasswordHash> find(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int cost = Integer.parseInt(matcher.group(1));
    return cost < LEAST_COST || cost > AccessPolicy.MOST_BCRYPT_COST
        ? Optional.empty()
        : Optional.of(new PasswordHash(text, cost));
  }

  /** Whether a password could be right at all. */
  static boolean isCheckable(String password) {
    return password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  /** Whether a password is the one; takes as long as the cost says. */
  boolean matches(String password) {
    return BCrypt.checkpw(password, text);
  }

  /** Masked. */
  @Override
  public String toString() {
    return "PasswordHash[cost " + cost + "]";
  }
}
