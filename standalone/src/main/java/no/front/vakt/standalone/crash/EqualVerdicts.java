package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;

/** Equal log, equal verdict: whoever is judged again is judged the same (design decision 5). */
final class EqualVerdicts implements Check {
  @Override
  public String claim() {
    return "a message judged again is judged the same";
  }

  @Override
  public Result examine(Evidence evidence) {
    List<String> violations = new ArrayList<>();
    long again = 0;
    for (Logs.Judged later : evidence.logs().verdicts()) {
      Logs.Judged first = evidence.effective().get(later.identity());
      if (first != null && later != first) {
        again++;
        String difference = difference(first.verdict(), later.verdict());
        if (!difference.isEmpty()) {
          violations.add(Check.about(later.identity(), difference));
        }
      }
    }
    return Result.of(claim(), again, violations, again + " verdicts read again");
  }

  private static String difference(Verdict first, Verdict later) {
    if (first.outcome() != later.outcome()) {
      return "judged " + first.outcome() + ", then " + later.outcome();
    }
    if (!WireJson.text(first.findings()).equals(WireJson.text(later.findings()))) {
      return "judged again with other findings";
    }
    return first.equals(later)
        ? ""
        : "judged again with another stamp: policy version %d at %s, then %d at %s"
            .formatted(
                first.policyVersion(), first.decidedAt(), later.policyVersion(), later.decidedAt());
  }
}
