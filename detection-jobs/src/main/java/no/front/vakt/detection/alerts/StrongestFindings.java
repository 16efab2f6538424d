package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.WireJson;

/**
 * The strongest findings of an episode: of those about the same thing the one that saw most, then
 * by action and by what was seen; at most {@value Alert#MAX_DETAILS}. As JSON, since they rest in
 * state.
 */
final class StrongestFindings {
  private static final Comparator<Finding> STRONGEST_FIRST =
      Comparator.comparing(Finding::action)
          .thenComparing(StrongestFindings::observed)
          .thenComparing(Finding::ruleVersion)
          .reversed();

  private StrongestFindings() {}

  /** The strongest once another one came. */
  static List<String> with(List<String> findings, Finding added) {
    List<Finding> all = new ArrayList<>(findings.size() + 1);
    boolean isKnown = false;
    for (String json : findings) {
      Finding held = WireJson.read(json, Finding.class);
      if (isAboutTheSame(held, added)) {
        isKnown = true;
        if (STRONGEST_FIRST.compare(added, held) >= 0) {
          return findings;
        }
        held = added;
      }
      all.add(held);
    }
    if (!isKnown) {
      all.add(added);
    }
    all.sort(STRONGEST_FIRST);
    return new ArrayList<>(
        all.stream().limit(Alert.MAX_DETAILS).map(finding -> WireJson.text(finding)).toList());
  }

  private static boolean isAboutTheSame(Finding one, Finding other) {
    return one.kind().equals(other.kind())
        && WireJson.text(one.evidence()).equals(WireJson.text(other.evidence()));
  }

  private static long observed(Finding finding) {
    return Optional.ofNullable(finding.observed()).orElse(0L);
  }
}
