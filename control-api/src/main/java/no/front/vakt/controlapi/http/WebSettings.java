package no.front.vakt.controlapi.http;

import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * Where the control API listens.
 *
 * @param address address it binds; the loopback one unless an operator says otherwise
 * @param port port it binds; 0 for any free one
 * @param threads most requests worked on at once
 */
public record WebSettings(String address, int port, int threads) {

  /** Reads {@code web.*}. */
  public static WebSettings from(SettingsReader settings) {
    String address = settings.text("web.address", "127.0.0.1");
    settings.require(
        IpAddress.find(address).isPresent(), "web.address", "is not an IPv4 or IPv6 address");
    return new WebSettings(
        address,
        settings.whole("web.port", 8444, 0, 65_535),
        settings.whole("web.threads", 32, 2, 1_000));
  }
}
