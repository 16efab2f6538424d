package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;

/** What the caller was told is what the log says, and a correct gateway is never turned away. */
final class ToldIsEffective implements Check {
  @Override
  public String claim() {
    return "what the caller was told is the effective verdict";
  }

  @Override
  public Result examine(Evidence evidence) {
    List<String> violations = new ArrayList<>();
    long[] examined = new long[1];
    evidence
        .told()
        .forEach(
            (identity, told) -> {
              told.refusals()
                  .forEach(why -> violations.add(Check.about(identity, "refused: " + why)));
              Logs.Judged effective = evidence.effective().get(identity);
              for (Told.Answered answer : told.verdicts()) {
                examined[0]++;
                if (effective != null && !answer.agreesWith(effective.verdict())) {
                  violations.add(
                      Check.about(
                          identity,
                          "told %s, judged %s%s"
                              .formatted(
                                  answer.outcome(),
                                  effective.verdict().outcome(),
                                  answer.outcome() == effective.verdict().outcome()
                                      ? " with other findings"
                                      : "")));
                }
              }
            });
    return Result.of(claim(), examined[0], violations, "");
  }
}
