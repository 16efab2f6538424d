package no.front.vakt.verdictapi.http;

import java.nio.file.Path;
import no.front.vakt.contract.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate and the authority it believes clients by; all PEM files.
 *
 * @param certificate the server's certificate, then its chain
 * @param privateKey its key, PKCS#8
 * @param clientAuthority authority that client certificates must come from; absent: no client
 *     certificate is asked for
 */
public record TlsSettings(Path certificate, Path privateKey, @Nullable Path clientAuthority) {

  /** Reads {@code tls.*}. */
  public static TlsSettings from(SettingsReader settings) {
    return new TlsSettings(
        settings.requiredFile("tls.certificate"),
        settings.requiredFile("tls.privateKey"),
        settings.findFile("tls.clientAuthority"));
  }
}
