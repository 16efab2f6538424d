package no.front.vakt.detection.alerts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * An hour of the day by the wall of a place. Where that hour is skipped in spring, the first moment
 * after the gap; where it comes twice in autumn, the first of the two.
 */
final class DailyHour {
  private DailyHour() {}

  /** The next such hour after a moment. */
  static long after(long nowMillis, int hour, ZoneId zone) {
    ZonedDateTime now = Instant.ofEpochMilli(nowMillis).atZone(zone);
    ZonedDateTime today = now.toLocalDate().atTime(hour, 0).atZone(zone);
    ZonedDateTime next =
        today.isAfter(now) ? today : now.toLocalDate().plusDays(1).atTime(hour, 0).atZone(zone);
    return next.toInstant().toEpochMilli();
  }
}
