package no.front.vakt.controlapi.http;

import java.nio.file.Path;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * The server's certificate; PEM files.
 *
 * @param certificate the server's certificate, then its chain
 * @param privateKey its key, PKCS#8
 */
public record TlsSettings(Path certificate, Path privateKey) {

  /** Reads {@code tls.*}. */
  public static TlsSettings from(SettingsReader settings) {
    return new TlsSettings(
        settings.requiredFile("tls.certificate"), settings.requiredFile("tls.privateKey"));
  }
}
