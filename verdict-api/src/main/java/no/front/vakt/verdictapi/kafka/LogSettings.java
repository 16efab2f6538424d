package no.front.vakt.verdictapi.kafka;

import java.time.Duration;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * How the door uses the log.
 *
 * @param replyPartition partition of {@code sms.answers} that is this door's own; every running
 *     door has another
 * @param acknowledgementMillis how long the log may take to acknowledge a message before the caller
 *     is told 503
 * @param startSeconds how long the door waits at start for the log and its own earlier answers
 */
public record LogSettings(int replyPartition, int acknowledgementMillis, int startSeconds) {

  /** Reads {@code log.*}. */
  public static LogSettings from(SettingsReader settings) {
    return new LogSettings(
        settings.whole("log.replyPartition", 0, 0, Topics.SMS_ANSWERS.partitions() - 1),
        settings.whole("log.acknowledgementMillis", 2_000, 200, 30_000),
        settings.whole("log.startSeconds", 30, 1, 600));
  }

  /** The start's patience. */
  public Duration startPatience() {
    return Duration.ofSeconds(startSeconds);
  }
}
