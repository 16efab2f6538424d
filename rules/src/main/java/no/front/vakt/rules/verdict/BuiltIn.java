package no.front.vakt.rules.verdict;

import java.time.Instant;
import java.util.Map;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Frozen;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.policy.RuleFault;

/** Findings that no rule makes: they come from the judge's own duties. */
public final class BuiltIn {
  /** The same message again: the first answer is given again. */
  public static final String REPEAT = "repeat";

  /** The same id with other content. */
  public static final String ID_REUSED = "id-reused";

  /** The customer is stopped by hand. */
  public static final String FROZEN = "frozen";

  /** The message could not be read. */
  public static final String UNREADABLE = "unreadable";

  /** A rule could not be judged. */
  public static final String RULE_FAULT = "rule-fault";

  private BuiltIn() {}

  static Finding repeat(long firstAtMillis) {
    return of(
        REPEAT,
        Action.OBSERVE,
        Map.of("firstAt", WireJson.text(Instant.ofEpochMilli(firstAtMillis))));
  }

  static Finding idReused() {
    return of(ID_REUSED, Action.BLOCK, Map.of());
  }

  static Finding frozen(Frozen frozen) {
    return of(
        FROZEN,
        Action.BLOCK,
        frozen.reason() == null ? Map.of() : Map.of("reason", frozen.reason()));
  }

  /** A message that could not be read is held. */
  public static Finding unreadable() {
    return of(UNREADABLE, Action.HOLD, Map.of());
  }

  static Finding fault(RuleFault fault) {
    return new Finding(
        fault.ruleId(),
        fault.ruleVersion(),
        RULE_FAULT,
        Action.OBSERVE,
        fault.shadow(),
        null,
        null,
        null,
        Map.of("kind", cut(fault.kind()), "reason", fault.reason()),
        null);
  }

  private static String cut(String text) {
    return text.length() > 64 ? text.substring(0, 64) : text;
  }

  private static Finding of(String kind, Action action, Map<String, Object> evidence) {
    return new Finding(kind, 1, kind, action, false, null, null, null, evidence, null);
  }
}
