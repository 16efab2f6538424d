package no.front.vakt.verdictapi.load;

import no.front.vakt.contract.settings.SettingsReader;

/**
 * How much the door takes on.
 *
 * @param customerPerSecond messages a second one customer may send for long
 * @param customerBurst messages one customer may send at once after a pause
 * @param alwaysAdmitted unanswered messages that are never too many
 * @param targetWaitMillis above those, no more are taken than are answered in this time
 */
public record LoadSettings(
    int customerPerSecond, int customerBurst, int alwaysAdmitted, int targetWaitMillis) {

  /** Reads {@code load.*}. */
  public static LoadSettings from(SettingsReader settings) {
    return new LoadSettings(
        settings.whole("load.customerPerSecond", 1_000, 1, 1_000_000),
        settings.whole("load.customerBurst", 5_000, 1, 10_000_000),
        settings.whole("load.alwaysAdmitted", 1_000, 1, 1_000_000),
        settings.whole("load.targetWaitMillis", 250, 10, 10_000));
  }
}
