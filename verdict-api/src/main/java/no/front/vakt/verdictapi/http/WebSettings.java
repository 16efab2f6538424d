package no.front.vakt.verdictapi.http;

import java.util.List;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * Where the door listens and how much it lets in at once.
 *
 * @param address address it binds; the loopback one unless an operator says otherwise
 * @param port port it binds; 0 for any free one
 * @param threads most threads that read requests and write answers; none of them waits for a
 *     verdict
 * @param maxConnections most open connections; further ones queue in the kernel
 * @param acceptCount how many may queue there
 * @param maxBodyBytes largest request body
 * @param trustedProxies addresses and CIDR blocks of proxies whose {@code X-Forwarded-For} counts
 */
public record WebSettings(
    String address,
    int port,
    int threads,
    int maxConnections,
    int acceptCount,
    int maxBodyBytes,
    List<String> trustedProxies) {

  /** Copies the proxies. */
  public WebSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** 4 MiB: a batch of 1,000 texts of full length in plain UTF-8, and as much again. */
  static final int DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;

  /** Reads {@code web.*}. */
  public static WebSettings from(SettingsReader settings) {
    String address = settings.text("web.address", "127.0.0.1");
    settings.require(
        IpAddress.find(address).isPresent(), "web.address", "is not an IPv4 or IPv6 address");
    List<String> trustedProxies = settings.list("web.trustedProxies");
    settings.require(
        trustedProxies.stream().allMatch(Networks::isNetwork),
        "web.trustedProxies",
        "holds an entry that is neither an address nor a CIDR block");
    return new WebSettings(
        address,
        settings.whole("web.port", 8443, 0, 65_535),
        settings.whole("web.threads", 32, 2, 1_000),
        settings.whole("web.maxConnections", 4_096, 1, 100_000),
        settings.whole("web.acceptCount", 256, 1, 10_000),
        settings.whole("web.maxBodyBytes", DEFAULT_MAX_BODY_BYTES, 1_024, 64 * 1024 * 1024),
        trustedProxies);
  }
}
