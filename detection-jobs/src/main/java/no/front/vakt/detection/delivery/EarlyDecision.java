package no.front.vakt.detection.delivery;

import no.front.vakt.contract.HoldChoice;

/** A decision whose message has not been seen yet. A Flink POJO. */
public final class EarlyDecision {
  /** What is to be done. */
  public HoldChoice choice = HoldChoice.REJECT;

  /** Who decided it. */
  public String decidedBy = "";

  /** From this event time on it is forgotten. */
  public long forgottenAt;

  /** For Flink. */
  public EarlyDecision() {}
}
