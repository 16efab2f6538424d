package no.front.vakt.verdictapi.verdicts;

import java.time.Duration;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * How long callers wait and how long their answers are remembered.
 *
 * @param deadlineMillis how long a caller waits for a verdict when it does not say
 * @param memoryMinutes how long answers are remembered; the judge's identity memory is as long
 * @param memoryMegabytes how much heap they may take; beyond it the judge answers repeats
 * @param heldMegabytes how much heap the held messages of 25 hours may take, verdict and end
 */
public record VerdictSettings(
    int deadlineMillis, int memoryMinutes, int memoryMegabytes, int heldMegabytes) {

  /** Longest a caller may wait. */
  public static final int LONGEST_DEADLINE_MILLIS = 10_000;

  /** Reads {@code verdicts.*}. */
  public static VerdictSettings from(SettingsReader settings) {
    return new VerdictSettings(
        settings.whole("verdicts.deadlineMillis", 400, 0, LONGEST_DEADLINE_MILLIS),
        settings.whole("verdicts.memoryMinutes", 10, 1, 60),
        settings.whole("verdicts.memoryMegabytes", 128, 1, 65_536),
        settings.whole("verdicts.heldMegabytes", 64, 1, 65_536));
  }

  /** How long a caller waits that does not say. */
  public Duration deadline() {
    return Duration.ofMillis(deadlineMillis);
  }

  /** The memory's length. */
  public Duration memory() {
    return Duration.ofMinutes(memoryMinutes);
  }
}
