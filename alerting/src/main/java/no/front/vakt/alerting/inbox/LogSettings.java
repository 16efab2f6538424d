package no.front.vakt.alerting.inbox;

import java.time.Duration;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * How alerting uses the log.
 *
 * @param group consumer group on {@code vakt.alerts}; processes that share it share the work
 * @param startSeconds how long to wait at start for the log, earlier receipts and all policies
 * @param openAlerts most alerts of one partition that are read and not yet mailed to all; beyond,
 *     the partition waits in the log
 */
public record LogSettings(String group, int startSeconds, int openAlerts) {

  /** Reads {@code log.*} and {@code queue.*}. */
  public static LogSettings from(SettingsReader settings) {
    return new LogSettings(
        settings.text("log.group", "alerting"),
        settings.whole("log.startSeconds", 30, 1, 600),
        settings.whole("queue.openAlertsPerPartition", 200, 1, 10_000));
  }

  /** The start's patience. */
  public Duration startPatience() {
    return Duration.ofSeconds(startSeconds);
  }
}
