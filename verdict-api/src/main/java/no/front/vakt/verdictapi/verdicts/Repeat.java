package no.front.vakt.verdictapi.verdicts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.RepeatWording;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;

/** The finding that tells a caller it has asked before: it decides nothing. */
final class Repeat {
  private static final String ID = "repeat";
  private static final Finding FINDING =
      new Finding(ID, 1, ID, Action.OBSERVE, false, null, null, null, Map.of(), RepeatWording.TEXT);

  private Repeat() {}

  /** The verdict with that finding at its end, once. */
  static byte[] marked(byte[] json) {
    Verdict verdict = WireJson.read(json, Verdict.class);
    if (verdict.findings().stream().anyMatch(finding -> finding.ruleId().equals(ID))) {
      return json;
    }
    int kept = Math.min(verdict.findings().size(), Verdict.MAX_FINDINGS - 1);
    List<Finding> findings = new ArrayList<>(verdict.findings().subList(0, kept));
    findings.add(FINDING);
    return WireJson.bytes(verdict.withFindings(findings));
  }
}
