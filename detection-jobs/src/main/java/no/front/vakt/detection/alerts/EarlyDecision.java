package no.front.vakt.detection.alerts;

import no.front.vakt.contract.AlertChoice;
import org.jspecify.annotations.Nullable;

/** A decision on a burst not known yet, as after a crash. A Flink POJO. */
public final class EarlyDecision {
  /** The reference it is about, as staff read it. */
  public String reference = "";

  /** What is to be done. */
  public @Nullable AlertChoice decision;

  /** When it is forgotten, wall clock, epoch milliseconds. */
  public long untilMillis;

  /** For Flink. */
  public EarlyDecision() {}
}
