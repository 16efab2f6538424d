package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;

/** Accepted means never lost and never unjudged (design decision 6). */
final class AcknowledgedIsJudged implements Check {
  @Override
  public String claim() {
    return "every acknowledged message is on the log and judged";
  }

  @Override
  public Result examine(Evidence evidence) {
    List<String> violations = new ArrayList<>();
    long[] examined = new long[1];
    evidence
        .told()
        .forEach(
            (identity, told) -> {
              if (told.acknowledged()) {
                examined[0]++;
                if (!evidence.logs().submitted().contains(identity)) {
                  violations.add(Check.about(identity, "acknowledged, but not on sms.submitted"));
                }
                if (!evidence.effective().containsKey(identity)) {
                  violations.add(Check.about(identity, "acknowledged, but never judged"));
                }
              }
            });
    for (var identity : evidence.logs().submitted()) {
      boolean acknowledged = evidence.told().getOrDefault(identity, Told.NOTHING).acknowledged();
      if (!acknowledged && !evidence.effective().containsKey(identity)) {
        violations.add(Check.about(identity, "on sms.submitted, but never judged"));
      }
    }
    return Result.of(claim(), examined[0], violations, "");
  }
}
