package no.front.vakt.standalone.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.verdict.BuiltIn;
import org.jspecify.annotations.Nullable;

/**
 * What the door told the gateway of one message, over all attempts.
 *
 * @param attempts how often it was handed in
 * @param acknowledged whether any answer was 200 or 202
 * @param verdicts the verdicts told, each different one once
 * @param refusals statuses and codes that a gateway with correct messages never gets
 */
record Told(int attempts, boolean acknowledged, List<Answered> verdicts, List<String> refusals) {
  static final Told NOTHING = new Told(0, false, List.of(), List.of());

  Told {
    verdicts = List.copyOf(verdicts);
    refusals = List.copyOf(refusals);
  }

  /**
   * A verdict as it was told.
   *
   * @param findings what was found, without sentences; absent when the answer was to a repeat
   */
  record Answered(Outcome outcome, @Nullable String findings) {
    static Answered of(Verdict verdict) {
      boolean isRepeat = verdict.findings().stream().anyMatch(f -> f.kind().equals(BuiltIn.REPEAT));
      return new Answered(verdict.outcome(), isRepeat ? null : findings(verdict));
    }

    /** Whether it says the same as that verdict. */
    boolean agreesWith(Verdict verdict) {
      return outcome == verdict.outcome()
          && (findings == null || findings.equals(findings(verdict)));
    }

    private static String findings(Verdict verdict) {
      List<Finding> bare = new ArrayList<>();
      for (Finding finding : verdict.findings()) {
        bare.add(
            new Finding(
                finding.ruleId(),
                finding.ruleVersion(),
                finding.kind(),
                finding.action(),
                finding.shadow(),
                finding.observed(),
                finding.limit(),
                finding.windowSeconds(),
                finding.evidence(),
                null));
      }
      return bare.isEmpty() ? "" : WireJson.text(bare);
    }
  }

  Told triedAgain() {
    return new Told(attempts + 1, acknowledged, verdicts, refusals);
  }

  Told accepted() {
    return new Told(attempts, true, verdicts, refusals);
  }

  Told judged(Verdict verdict) {
    Answered answer = Answered.of(verdict);
    return new Told(attempts, true, with(verdicts, answer), refusals);
  }

  Told refused(String why) {
    return new Told(attempts, acknowledged, verdicts, with(refusals, why));
  }

  private static <T> List<T> with(List<T> list, T more) {
    if (list.stream().anyMatch(known -> Objects.equals(known, more))) {
      return list;
    }
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
