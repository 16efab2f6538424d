package no.front.vakt.alerting.recipient;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * Whom of the gateway's own people to mail, and how.
 *
 * @param recipients mail addresses; personal data, never printed
 * @param language what their mails are written in
 * @param zone whose clock the times in their mails are by
 */
public record StaffSettings(List<String> recipients, Language language, ZoneId zone) {

  /** Copies the addresses. */
  public StaffSettings {
    recipients = List.copyOf(recipients);
  }

  /** Reads {@code staff.*}. */
  public static StaffSettings from(SettingsReader settings) {
    List<String> recipients = settings.list("staff.recipients");
    settings.require(!recipients.isEmpty(), "staff.recipients", "is missing");
    settings.require(
        recipients.stream().allMatch(MailAddress::isOne),
        "staff.recipients",
        "must be mail addresses with ; between them");
    Language language =
        Language.firstOf(settings.oneOf("staff.language", Language.NB.code(), Language.CODES));
    ZoneId zone = Recipients.FALLBACK_ZONE;
    try {
      zone = ZoneId.of(settings.text("staff.timeZone", Recipients.FALLBACK_ZONE.getId()));
    } catch (DateTimeException e) {
      settings.require(false, "staff.timeZone", "must be a name such as Europe/Oslo");
    }
    return new StaffSettings(recipients, language, zone);
  }

  /** Masked: how many, not who. */
  @Override
  public String toString() {
    return "StaffSettings[" + recipients.size() + " recipients, " + language + ", " + zone + "]";
  }
}
