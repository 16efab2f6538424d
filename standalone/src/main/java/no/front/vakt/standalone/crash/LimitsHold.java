package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Outcome;

/**
 * No limit has let through more than it may, and none has stopped what had room. Every message is
 * counted again in log order with a naive exact window (design decision 8), each by the policy
 * version that judged it: so a limit that was changed in between is checked on every message and
 * not only on windows that lie wholly within one version.
 */
final class LimitsHold implements Check {
  @Override
  public String claim() {
    return "no limit let through more than it may, or stopped less";
  }

  @Override
  public Result examine(Evidence evidence) {
    PolicyHistory history = new PolicyHistory(evidence.logs().policies());
    Map<String, Map<String, PassedLine>> passed = new HashMap<>();
    List<String> violations = new ArrayList<>();
    long examined = 0;
    long bound = 0;
    for (MessageIdentity identity : evidence.logs().submitted()) {
      Logs.Judged judged = evidence.effective().get(identity);
      if (judged == null) {
        continue;
      }
      List<Limit> limits =
          history.limits(
              identity.customerId(),
              judged.verdict().policyVersion(),
              judged.verdict().defaultVersion());
      Map<String, PassedLine> lines =
          passed.computeIfAbsent(identity.customerId(), id -> new HashMap<>());
      for (Limit limit : limits) {
        examined++;
        bound += examine(limit, judged, lines, violations) ? 1 : 0;
      }
      if (judged.verdict().outcome() == Outcome.ALLOW) {
        // Two limits on one key share one line and count once.
        Set<String> keys = new HashSet<>();
        limits.forEach(limit -> keys.add(limit.key(judged)));
        long at = EventTime.of(judged);
        keys.forEach(key -> lines.computeIfAbsent(key, k -> new PassedLine()).add(at));
      }
    }
    return Result.of(claim(), examined, violations, bound + " times a limit was reached");
  }

  /** Checks one limit on one message; tells whether the limit was reached. */
  private static boolean examine(
      Limit limit, Logs.Judged judged, Map<String, PassedLine> lines, List<String> violations) {
    PassedLine line = lines.getOrDefault(limit.key(judged), new PassedLine());
    long peak = line.peak(EventTime.of(judged), limit.windowMillis());
    Finding finding =
        judged.verdict().findings().stream()
            .filter(f -> f.ruleId().equals(limit.ruleId()) && f.shadow() == limit.shadow())
            .findFirst()
            .orElse(null);
    if (peak > limit.limit() && finding == null) {
      violations.add(
          Check.about(
              judged.identity(),
              "passed limit %s, but counting it makes %d of at most %d"
                  .formatted(limit.ruleId(), peak, limit.limit())));
    } else if (peak <= limit.limit() && finding != null) {
      violations.add(
          Check.about(
              judged.identity(),
              "stopped by limit %s, but counting it makes %d of at most %d"
                  .formatted(limit.ruleId(), peak, limit.limit())));
    } else if (finding != null && !Long.valueOf(peak).equals(finding.observed())) {
      violations.add(
          Check.about(
              judged.identity(),
              "limit %s saw %d, the log holds %d"
                  .formatted(limit.ruleId(), finding.observed(), peak)));
    }
    return finding != null;
  }
}
