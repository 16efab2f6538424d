package no.front.vakt.rules.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Wording;
import no.front.vakt.rules.message.Host;
import no.front.vakt.rules.message.Link;
import no.front.vakt.rules.message.LinkPattern;
import no.front.vakt.rules.message.Message;
import no.front.vakt.rules.signal.Counter;
import no.front.vakt.rules.signal.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The links a customer may send; see {@code docs/rules/url-whitelist.md}. A text with any link
 * outside the list breaks it; a text without a link never does.
 *
 * @param head what all rules have
 * @param allowed hosts, domains and path prefixes
 */
public record UrlWhitelist(RuleHead head, List<LinkPattern> allowed) implements Rule {
  static final RuleKind KIND =
      new RuleKind("url-whitelist", UrlWhitelist::read, UrlWhitelist::explain);

  private static final int STRENGTH = 60;
  private static final int MOST_HOSTS_SHOWN = 5;
  private static final int LONGEST_HOST_SHOWN = 100;

  private static Rule read(RuleHead head, Parameters parameters) {
    List<LinkPattern> patterns = new ArrayList<>();
    if (!parameters.has("allowed")) {
      parameters.problem("allowed", "is missing; an empty list allows no link");
    }
    List<String> entries = parameters.texts("allowed").orElse(List.of());
    for (int i = 0; i < entries.size(); i++) {
      try {
        patterns.add(LinkPattern.parse(entries.get(i)));
      } catch (IllegalArgumentException e) {
        parameters.problem("allowed[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return new UrlWhitelist(head, List.copyOf(patterns));
  }

  @Override
  public Set<Counter> watches() {
    return Set.of();
  }

  @Override
  public Optional<Finding> examine(Message message, Signals signals, Exceptions exceptions) {
    if (message.links().isEmpty()) {
      return Optional.empty();
    }
    List<LinkPattern> patterns = withExceptions(exceptions);
    Set<String> hosts = new LinkedHashSet<>();
    long outside = 0;
    for (Link link : message.links().all()) {
      if (!LinkPattern.anyAllows(patterns, link)) {
        outside++;
        link.hosts().stream().map(Host::ascii).forEach(hosts::add);
      }
    }
    return outside == 0 ? Optional.empty() : Optional.of(finding(outside, hosts));
  }

  private List<LinkPattern> withExceptions(Exceptions exceptions) {
    if (exceptions.entries().isEmpty()) {
      return allowed;
    }
    List<LinkPattern> all = new ArrayList<>(allowed);
    for (String entry : exceptions.entries()) {
      try {
        all.add(LinkPattern.parse(entry));
      } catch (IllegalArgumentException e) {
        // An exception that is no entry excepts nothing.
        continue;
      }
    }
    return all;
  }

  private Finding finding(long outside, Set<String> hosts) {
    List<String> shown =
        hosts.stream()
            .limit(MOST_HOSTS_SHOWN)
            .map(
                host ->
                    host.length() > LONGEST_HOST_SHOWN
                        ? host.substring(0, LONGEST_HOST_SHOWN) + "…"
                        : host)
            .toList();
    return new Finding(
        head.id(),
        head.version(),
        KIND.wireName(),
        head.action(),
        head.shadow(),
        outside,
        0L,
        null,
        Map.of("hosts", shown),
        null);
  }

  @Override
  public int strength(Finding finding) {
    return STRENGTH;
  }

  /** A host as a mail may show it: nothing that a reader could click. */
  static String unclickable(@Nullable Object host) {
    return String.valueOf(host).replace(".", "[.]");
  }

  private static Wording explain(Finding finding) {
    boolean one = Long.valueOf(1).equals(finding.observed());
    String hosts =
        finding.evidence().get("hosts") instanceof List<?> list
            ? String.join(", ", list.stream().map(UrlWhitelist::unclickable).toList())
            : "";
    return new Wording(
        one
            ? "Teksten har en lenke til "
                + hosts
                + ", som ikke står på kundens liste over tillatte lenker."
            : "Teksten har "
                + finding.observed()
                + " lenker ("
                + hosts
                + ") som ikke står på kundens liste over tillatte lenker.",
        one
            ? "The text links to "
                + hosts
                + ", which is not on the customer's list of allowed links."
            : "The text has "
                + finding.observed()
                + " links ("
                + hosts
                + ") that are not on the customer's list of allowed links.");
  }
}
