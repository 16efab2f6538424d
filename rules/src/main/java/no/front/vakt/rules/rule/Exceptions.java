package no.front.vakt.rules.rule;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is excepted from one rule for now, in the rule's own terms: a country, a domain, a sender, a
 * whitelist entry.
 */
public final class Exceptions {
  /** Nothing is excepted. */
  public static final Exceptions NONE = new Exceptions(List.of());

  private final List<String> entries;
  private final Set<String> folded;

  /** Exceptions as they were written. */
  public Exceptions(List<String> entries) {
    this.entries = List.copyOf(entries);
    this.folded = entries.stream().map(e -> e.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** Whether a value is excepted; case does not matter. */
  public boolean covers(String value) {
    return !folded.isEmpty() && folded.contains(value.toLowerCase(Locale.ROOT));
  }

  /** The entries themselves. */
  public List<String> entries() {
    return entries;
  }
}
