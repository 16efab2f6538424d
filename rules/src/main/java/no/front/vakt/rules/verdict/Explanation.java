package no.front.vakt.rules.verdict;

import no.front.vakt.contract.Finding;
import no.front.vakt.contract.RepeatWording;
import no.front.vakt.contract.Wording;
import no.front.vakt.rules.rule.RuleKind;

/**
 * The one place where a finding becomes a sentence, for answer, file, mail and console alike; the
 * sentence of a rule's finding is its kind's own.
 */
public final class Explanation {
  private Explanation() {}

  /** The sentence of a finding. */
  public static Wording of(Finding finding) {
    return RuleKind.find(finding.kind())
        .map(kind -> kind.explain(finding))
        .orElseGet(() -> builtIn(finding));
  }

  /** The finding with its sentence. */
  public static Finding explained(Finding finding) {
    return finding.withText(of(finding));
  }

  private static Wording builtIn(Finding finding) {
    Object reason = finding.evidence().get("reason");
    return switch (finding.kind()) {
      case BuiltIn.REPEAT -> RepeatWording.TEXT;
      case BuiltIn.ID_REUSED ->
          new Wording(
              "Meldings-id-en er allerede brukt til en melding med annet innhold.",
              "The message id was already used for a message with other content.");
      case BuiltIn.FROZEN ->
          new Wording(
              "Kunden er stanset" + (reason == null ? "." : ": " + reason),
              "The customer is frozen" + (reason == null ? "." : ": " + reason));
      case BuiltIn.UNREADABLE ->
          new Wording(
              "Meldingen kan ikke leses og holdes tilbake til noen har sett på den.",
              "The message cannot be read and is held until somebody has looked at it.");
      case BuiltIn.RULE_FAULT ->
          new Wording(
              "Regelen " + finding.ruleId() + " kunne ikke vurderes (" + reason + ").",
              "Rule " + finding.ruleId() + " could not be judged (" + reason + ").");
      default ->
          new Wording(
              "Regelen " + finding.ruleId() + " slo til.", "Rule " + finding.ruleId() + " spoke.");
    };
  }
}
