package no.front.vakt.detection.delivery;

import java.io.Serializable;
import no.front.vakt.detection.job.KeySource;

/**
 * What delivery runs with.
 *
 * @param keys where tasks find the keys
 * @param routes which operator serves which numbers
 * @param ported which numbers are served by another
 * @param blocklist asked again when a parked message is about to leave
 * @param releasesPerSecond how many released messages of one customer leave in a second
 */
public record DeliveryOptions(
    KeySource keys,
    Routes routes,
    NumberPortability ported,
    BlocklistCheck blocklist,
    int releasesPerSecond)
    implements Serializable {
  private static final int MILLIS_OF_A_SECOND = 1_000;

  String operatorOf(String e164) {
    return ported.findOperator(e164).orElseGet(() -> routes.operatorOf(e164));
  }

  // Rounded up: never more than allowed in any second.
  long millisBetweenReleases() {
    return (MILLIS_OF_A_SECOND + releasesPerSecond - 1) / releasesPerSecond;
  }
}
