package no.front.vakt.rules.message;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every link of a text by which a person would be lured, whether or not a phone underlines it.
 *
 * <p>A link is anything with a scheme or an IP literal, and a bare host whose last label is a
 * top-level domain of the public suffix list's ICANN section, unless {@link SentenceStops} says it
 * is running text. A mail address is none. Look-alike characters, invisible characters and
 * spelled-out dots are read as a person reads them.
 *
 * <p>Pure, linear in the text, and never throws, whatever the string.
 */
public final class Links {

  private static final Links NONE = new Links(List.of());

  private final List<Link> all;

  private Links(List<Link> all) {
    this.all = all;
  }

  /** The links of the text, in its order; a link that occurs twice is there twice. */
  public static Links in(String text) {
    if (!FoldedText.mayHoldLink(text)) {
      return NONE;
    }
    List<Link> found = new LinkScanner(FoldedText.of(text)).scan();
    return found.isEmpty() ? NONE : new Links(List.copyOf(found));
  }

  /** All of them, in the order of the text. */
  public List<Link> all() {
    return all;
  }

  /** Whether the text holds none. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * The registrable domains of all links in all their readings, distinct, in order; see {@link
   * Host}.
   */
  public Set<String> registrableDomains() {
    Set<String> domains = new LinkedHashSet<>();
    for (Link link : all) {
      for (Host host : link.hosts()) {
        domains.add(host.registrableDomain());
      }
    }
    return domains;
  }

  @Override
  public String toString() {
    return "Links" + registrableDomains();
  }
}
