package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * Every message was judged by the policy that was in force at its time, as the topic now tells it:
 * whoever reads the same log tomorrow comes to the same verdict (design decision 5).
 */
final class PolicyInForce implements Check {
  @Override
  public String claim() {
    return "every message was judged by the policy of its time";
  }

  @Override
  public Result examine(Evidence evidence) {
    PolicyHistory history = new PolicyHistory(evidence.logs().policies());
    List<String> violations = new ArrayList<>();
    for (Logs.Judged judged : evidence.effective().values()) {
      long due = history.versionAt(judged.identity().customerId(), EventTime.ofPolicy(judged));
      if (due != judged.verdict().policyVersion()) {
        violations.add(
            Check.about(
                judged.identity(),
                "of %s, judged by policy version %d, in force was %d"
                    .formatted(EventTime.ofPolicy(judged), judged.verdict().policyVersion(), due)));
      }
    }
    return Result.of(
        claim(),
        evidence.effective().size(),
        violations,
        evidence.logs().policies().size() + " policy versions");
  }
}
