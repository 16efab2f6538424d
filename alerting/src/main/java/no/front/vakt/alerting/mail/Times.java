package no.front.vakt.alerting.mail;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import no.front.vakt.alerting.recipient.Language;

/** Times by the reader's clock and numbers as the reader writes them. */
final class Times {
  private final Language language;
  private final ZoneId zone;
  private final DateTimeFormatter day;
  private final DateTimeFormatter clock;
  private final DateTimeFormatter brief;

  Times(Language language, ZoneId zone) {
    this.language = language;
    this.zone = zone;
    boolean isNorwegian = language == Language.NB;
    this.day = pattern(isNorwegian ? "d. MMMM yyyy" : "d MMMM yyyy");
    this.clock = pattern(isNorwegian ? "HH.mm" : "HH:mm");
    this.brief = pattern(isNorwegian ? "d. MMM HH.mm.ss" : "d MMM HH:mm:ss");
  }

  private DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, language.locale());
  }

  /** As in {@code 23. november 2026 kl. 12.00–12.14}; the day is said twice only if it changes. */
  String span(Instant since, Instant until) {
    ZonedDateTime from = since.atZone(zone);
    ZonedDateTime to = until.atZone(zone);
    String start = day.format(from) + at() + clock.format(from);
    if (!day.format(from).equals(day.format(to))) {
      return start + " – " + day.format(to) + at() + clock.format(to);
    }
    return clock.format(from).equals(clock.format(to)) ? start : start + "–" + clock.format(to);
  }

  /** As in {@code 23. nov. 12.00.05}. */
  String brief(Instant instant) {
    return brief.format(instant.atZone(zone));
  }

  /** The zone's name and what it was off UTC then. */
  String zone(Instant instant) {
    String offset = zone.getRules().getOffset(instant).getId();
    return zone.getId() + ", UTC" + (offset.equals("Z") ? "" : offset);
  }

  /** A number as people of the language write it. */
  String number(long number) {
    return NumberFormat.getIntegerInstance(language.locale()).format(number);
  }

  private String at() {
    return language == Language.NB ? " kl. " : " at ";
  }
}
