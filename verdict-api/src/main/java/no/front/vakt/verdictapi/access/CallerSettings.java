package no.front.vakt.verdictapi.access;

import java.nio.file.Path;
import java.util.List;
import no.front.vakt.contract.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * Who may call.
 *
 * @param bearerKeys file of names and hashes of keys, see {@link BearerKeys}; absent: no keys
 * @param allowedSubjects subjects of client certificates that may call, as RFC 2253 names; with
 *     none, a certificate alone opens nothing
 */
public record CallerSettings(@Nullable Path bearerKeys, List<String> allowedSubjects) {
  /** Copies the subjects. */
  public CallerSettings {
    allowedSubjects = List.copyOf(allowedSubjects);
  }

  /** Reads {@code callers.*}. */
  public static CallerSettings from(SettingsReader settings) {
    CallerSettings callers =
        new CallerSettings(
            settings.findFile("callers.bearerKeys"), settings.list("callers.allowedSubjects"));
    settings.require(
        callers.bearerKeys != null || !callers.allowedSubjects.isEmpty(),
        "callers",
        "nobody could call: name callers.bearerKeys, or callers.allowedSubjects, or both");
    for (String subject : callers.allowedSubjects) {
      settings.require(
          AllowedCertificates.isName(subject),
          "callers.allowedSubjects",
          "holds an entry that is not a certificate subject such as CN=gateway,O=Example");
    }
    Path keys = callers.bearerKeys;
    if (keys != null) {
      BearerKeys.problem(keys)
          .ifPresent(reason -> settings.require(false, "callers.bearerKeys", reason));
    }
    return callers;
  }
}
