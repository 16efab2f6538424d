package no.front.vakt.verdictapi;

import java.util.Map;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.settings.SettingsReader;
import no.front.vakt.verdictapi.access.AccessSettings;
import no.front.vakt.verdictapi.access.CallerSettings;
import no.front.vakt.verdictapi.http.TlsSettings;
import no.front.vakt.verdictapi.http.WebSettings;
import no.front.vakt.verdictapi.kafka.LogSettings;
import no.front.vakt.verdictapi.load.LoadSettings;
import no.front.vakt.verdictapi.verdicts.VerdictSettings;

/**
 * Everything the door is told at start: one record for each feature, whose javadoc says what the
 * settings mean and whose code holds the defaults.
 *
 * @param web {@code web.*}
 * @param tls {@code tls.*}
 * @param callers {@code callers.*}
 * @param access {@code access.*}
 * @param verdicts {@code verdicts.*}
 * @param load {@code load.*}
 * @param log {@code log.*}
 * @param kafka properties of Kafka's clients: at least {@code bootstrap.servers}, and how to
 *     authenticate
 * @param keys what personal data is sealed and hashed with
 */
public record VerdictApiSettings(
    WebSettings web,
    TlsSettings tls,
    CallerSettings callers,
    AccessSettings access,
    VerdictSettings verdicts,
    LoadSettings load,
    LogSettings log,
    Map<String, Object> kafka,
    KeyRing keys) {

  private static final String BOOTSTRAP = "bootstrap.servers";

  /** Copies the Kafka properties. */
  public VerdictApiSettings {
    kafka = Map.copyOf(kafka);
  }

  /**
   * Reads named settings.
   *
   * @throws no.front.vakt.contract.InvalidRecordException with every problem there is, unknown
   *     names included
   */
  public static VerdictApiSettings of(
      Map<String, String> named, Map<String, Object> kafka, KeyRing keys) {
    return of(VerdictApiSettings.reader(named), kafka, keys);
  }

  /** What reads these settings, with nothing of the environment. */
  public static SettingsReader reader(Map<String, String> named) {
    return reader(named, Map.of());
  }

  /**
   * What reads these settings: by name, overridden by {@code VAKT_VERDICT_API_*} of the
   * environment.
   */
  public static SettingsReader reader(Map<String, String> named, Map<String, String> environment) {
    return new SettingsReader("VAKT_VERDICT_API_", "the verdict API", named, environment);
  }

  static VerdictApiSettings of(SettingsReader settings, Map<String, Object> kafka, KeyRing keys) {
    WebSettings web = WebSettings.from(settings);
    TlsSettings tls = TlsSettings.from(settings);
    CallerSettings callers = CallerSettings.from(settings);
    settings.require(
        callers.allowedSubjects().isEmpty() || tls.clientAuthority() != null,
        "tls.clientAuthority",
        "is missing: without it no client certificate can be believed");
    AccessSettings access = AccessSettings.from(settings);
    VerdictSettings verdicts = VerdictSettings.from(settings);
    LoadSettings load = LoadSettings.from(settings);
    LogSettings log = LogSettings.from(settings);
    settings.require(kafka.containsKey(BOOTSTRAP), "kafka." + BOOTSTRAP, "is missing");
    settings.finish();
    return new VerdictApiSettings(web, tls, callers, access, verdicts, load, log, kafka, keys);
  }

  /** Masked: of Kafka's properties, which hold passwords, only the address. */
  @Override
  public String toString() {
    return "VerdictApiSettings["
        + web
        + ", "
        + tls
        + ", "
        + callers
        + ", "
        + access
        + ", "
        + verdicts
        + ", "
        + load
        + ", "
        + log
        + ", kafka="
        + kafka.get(BOOTSTRAP)
        + "]";
  }
}
