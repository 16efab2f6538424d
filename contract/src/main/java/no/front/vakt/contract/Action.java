package no.front.vakt.contract;

/**
 * What a rule wants done when it is broken, weakest first; the strongest live one is the outcome.
 */
public enum Action {
  /** Recorded only. */
  OBSERVE(Outcome.ALLOW),
  /** Recorded and mailed. */
  ALERT(Outcome.ALLOW),
  /** The message is parked. */
  HOLD(Outcome.HOLD),
  /** The message is stopped. */
  BLOCK(Outcome.BLOCK);

  private final Outcome outcome;

  Action(Outcome outcome) {
    this.outcome = outcome;
  }

  /** The outcome this action leads to when it is the strongest. */
  public Outcome outcome() {
    return outcome;
  }
}
