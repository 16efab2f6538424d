package no.front.vakt.alerting.mail;

import java.net.URI;
import java.net.URISyntaxException;
import no.front.vakt.contract.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * The two things every mail says that only the operator knows.
 *
 * @param consoleAddress where the console is; the one link in a mail
 * @param contact how customers reach the gateway's people: a telephone number, a mail address
 */
public record TextSettings(String consoleAddress, @Nullable String contact) {
  private static final int LONGEST = 200;

  /** Reads {@code console.address} and {@code mail.contact}. */
  public static TextSettings from(SettingsReader settings) {
    String address = settings.required("console.address");
    settings.require(
        address.isEmpty() || isAddress(address),
        "console.address",
        "must be https:// and a host, with neither query nor user");
    String contact = settings.findText("mail.contact");
    settings.require(
        contact == null
            || contact.length() <= LONGEST && contact.chars().noneMatch(Character::isISOControl),
        "mail.contact",
        "must be one line of at most " + LONGEST + " characters");
    return new TextSettings(address, contact);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return text.length() <= LONGEST
          && "https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
