package no.front.vakt.verdictapi.access;

import no.front.vakt.contract.settings.SettingsReader;

/**
 * How customers' callers are checked.
 *
 * @param failuresPerMinute failed calls a minute that one source may make as one customer; twice as
 *     many whatever customers it claims to be
 * @param passwordThreads threads that check passwords; each takes a core while it does
 * @param passwordQueue passwords that may wait to be checked, of ids that customers have and of ids
 *     that nobody has each; further ones are told 429
 */
public record AccessSettings(int failuresPerMinute, int passwordThreads, int passwordQueue) {

  /** Reads {@code access.*}. */
  public static AccessSettings from(SettingsReader settings) {
    return new AccessSettings(
        settings.whole("access.failuresPerMinute", 10, 1, 10_000),
        settings.whole("access.passwordThreads", 2, 1, 2),
        settings.whole("access.passwordQueue", 32, 1, 1_000));
  }
}
