package no.front.vakt.detection.alerts;

import java.util.Map;
import java.util.regex.Pattern;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Wording;
import no.front.vakt.rules.verdict.Explanation;

/**
 * Findings as an alert may carry them: with their sentence, without their evidence. Evidence holds
 * what callers wrote (a sender may read {@code evil.example}, a host always does), and sentences
 * quote it, so whatever a mail program would make a link of is taken apart, in every kind of
 * finding alike.
 */
final class Sentences {
  /** Dots between characters, the ideographic ones included, unless in brackets already. */
  private static final Pattern DOT = Pattern.compile("(?<=[^\\s\\[])[.。．｡](?=[^\\s\\]])");

  private static final Pattern SCHEME = Pattern.compile(":(?=/)");
  private static final Pattern AT = Pattern.compile("(?<!\\[)@");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private Sentences() {}

  /** The finding as it may stand in an alert. */
  static Finding told(Finding finding) {
    Wording wording = explained(finding);
    return new Finding(
        finding.ruleId(),
        finding.ruleVersion(),
        finding.kind(),
        finding.action(),
        finding.shadow(),
        finding.observed(),
        finding.limit(),
        finding.windowSeconds(),
        Map.of(),
        new Wording(unclickable(wording.nb()), unclickable(wording.en())));
  }

  private static Wording explained(Finding finding) {
    try {
      return Explanation.of(finding);
    } catch (RuntimeException e) {
      // Evidence of a shape its kind does not know: the rule has spoken all the same.
      return new Wording(
          "Regelen " + finding.ruleId() + " slo til.", "Rule " + finding.ruleId() + " spoke.");
    }
  }

  /** The text with nothing in it that a reader could click. */
  static String unclickable(String text) {
    String visible = INVISIBLE.matcher(text).replaceAll(" ");
    String dotless = DOT.matcher(visible).replaceAll("[.]");
    return AT.matcher(SCHEME.matcher(dotless).replaceAll("[:]")).replaceAll("[@]");
  }
}
