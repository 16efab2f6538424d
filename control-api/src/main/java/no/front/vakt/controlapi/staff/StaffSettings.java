package no.front.vakt.controlapi.staff;

import java.nio.file.Path;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * Who may call.
 *
 * @param keys file of names and hashes of keys, a line each
 */
public record StaffSettings(Path keys) {

  /** Reads {@code staff.*}. */
  public static StaffSettings from(SettingsReader settings) {
    Path file = settings.findFile("staff.keys");
    if (file == null) {
      settings.requiredFile("staff.keys");
      return new StaffSettings(Path.of("missing"));
    }
    StaffKeys.problem(file).ifPresent(reason -> settings.require(false, "staff.keys", reason));
    return new StaffSettings(file);
  }
}
