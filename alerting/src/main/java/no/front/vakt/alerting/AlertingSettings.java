package no.front.vakt.alerting;

import java.util.Map;
import no.front.vakt.alerting.inbox.LogSettings;
import no.front.vakt.alerting.mail.SmtpSettings;
import no.front.vakt.alerting.mail.TextSettings;
import no.front.vakt.alerting.recipient.StaffSettings;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * Everything alerting is told at start: one record for each feature, whose javadoc says what the
 * settings mean and whose code holds the defaults.
 *
 * @param smtp {@code smtp.*} and {@code mail.from*}
 * @param text {@code console.address} and {@code mail.contact}
 * @param staff {@code staff.*}
 * @param log {@code log.*} and {@code queue.*}
 * @param kafka properties of Kafka's clients: at least {@code bootstrap.servers}, and how to
 *     authenticate
 * @param keys what personal data is sealed and hashed with
 */
public record AlertingSettings(
    SmtpSettings smtp,
    TextSettings text,
    StaffSettings staff,
    LogSettings log,
    Map<String, Object> kafka,
    KeyRing keys) {

  private static final String BOOTSTRAP = "bootstrap.servers";

  /** Copies the Kafka properties. */
  public AlertingSettings {
    kafka = Map.copyOf(kafka);
  }

  /**
   * Reads named settings.
   *
   * @throws no.front.vakt.contract.InvalidRecordException with every problem there is, unknown
   *     names included
   */
  public static AlertingSettings of(
      Map<String, String> named, Map<String, Object> kafka, KeyRing keys) {
    return of(AlertingSettings.reader(named), kafka, keys);
  }

  /** What reads these settings, with nothing of the environment. */
  public static SettingsReader reader(Map<String, String> named) {
    return reader(named, Map.of());
  }

  /**
   * What reads these settings: by name, overridden by {@code VAKT_ALERTING_*} of the environment.
   */
  public static SettingsReader reader(Map<String, String> named, Map<String, String> environment) {
    return new SettingsReader("VAKT_ALERTING_", "alerting", named, environment);
  }

  static AlertingSettings of(SettingsReader settings, Map<String, Object> kafka, KeyRing keys) {
    SmtpSettings smtp = SmtpSettings.from(settings);
    TextSettings text = TextSettings.from(settings);
    StaffSettings staff = StaffSettings.from(settings);
    LogSettings log = LogSettings.from(settings);
    settings.require(kafka.containsKey(BOOTSTRAP), "kafka." + BOOTSTRAP, "is missing");
    settings.finish();
    return new AlertingSettings(smtp, text, staff, log, kafka, keys);
  }

  /** Masked: of Kafka's properties, which hold passwords, only the address; of staff, how many. */
  @Override
  public String toString() {
    return "AlertingSettings["
        + smtp
        + ", "
        + text
        + ", "
        + staff
        + ", "
        + log
        + ", kafka="
        + kafka.get(BOOTSTRAP)
        + "]";
  }
}
