package no.front.vakt.controlapi;

import java.util.Map;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.settings.SettingsReader;
import no.front.vakt.controlapi.database.DatabaseSettings;
import no.front.vakt.controlapi.http.TlsSettings;
import no.front.vakt.controlapi.http.WebSettings;
import no.front.vakt.controlapi.staff.StaffSettings;

/**
 * Everything the control API is told at start: one record for each feature, whose javadoc says what
 * the settings mean and whose code holds the defaults.
 *
 * @param web {@code web.*}
 * @param tls {@code tls.*}
 * @param staff {@code staff.*}
 * @param database {@code database.*}
 * @param kafka properties of Kafka's clients: at least {@code bootstrap.servers}, and how to
 *     authenticate
 * @param keys what contacts are sealed with
 */
public record ControlApiSettings(
    WebSettings web,
    TlsSettings tls,
    StaffSettings staff,
    DatabaseSettings database,
    Map<String, Object> kafka,
    KeyRing keys) {

  private static final String BOOTSTRAP = "bootstrap.servers";

  /** Copies the Kafka properties. */
  public ControlApiSettings {
    kafka = Map.copyOf(kafka);
  }

  /**
   * Reads named settings.
   *
   * @throws no.front.vakt.contract.InvalidRecordException with every problem there is, unknown
   *     names included
   */
  public static ControlApiSettings of(
      Map<String, String> named, Map<String, Object> kafka, KeyRing keys) {
    return of(ControlApiSettings.reader(named), kafka, keys);
  }

  /** What reads these settings, with nothing of the environment. */
  public static SettingsReader reader(Map<String, String> named) {
    return reader(named, Map.of());
  }

  /**
   * What reads these settings: by name, overridden by {@code VAKT_CONTROL_API_*} of the
   * environment.
   */
  public static SettingsReader reader(Map<String, String> named, Map<String, String> environment) {
    return new SettingsReader("VAKT_CONTROL_API_", "the control API", named, environment);
  }

  static ControlApiSettings of(SettingsReader settings, Map<String, Object> kafka, KeyRing keys) {
    WebSettings web = WebSettings.from(settings);
    TlsSettings tls = TlsSettings.from(settings);
    StaffSettings staff = StaffSettings.from(settings);
    DatabaseSettings database = DatabaseSettings.from(settings);
    settings.require(kafka.containsKey(BOOTSTRAP), "kafka." + BOOTSTRAP, "is missing");
    settings.finish();
    return new ControlApiSettings(web, tls, staff, database, kafka, keys);
  }

  /** Masked: of Kafka's properties, which hold passwords, only the address. */
  @Override
  public String toString() {
    return "ControlApiSettings["
        + web
        + ", "
        + tls
        + ", "
        + staff
        + ", "
        + database
        + ", kafka="
        + kafka.get(BOOTSTRAP)
        + "]";
  }
}
