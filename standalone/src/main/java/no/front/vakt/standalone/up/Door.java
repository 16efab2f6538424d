package no.front.vakt.standalone.up;

import java.net.Inet6Address;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.verdictapi.VerdictApi;
import no.front.vakt.verdictapi.VerdictApiSettings;

/** The HTTPS door as this household opens it: its address, certificates and callers. */
final class Door implements AutoCloseable {
  private final VerdictApi api;
  private final URI address;

  private Door(VerdictApi api, URI address) {
    this.api = api;
    this.address = address;
  }

  static Door open(
      HouseholdSettings settings,
      Certificates certificates,
      SecretKeys secrets,
      LocalBroker broker) {
    var named = named(settings, certificates, secrets);
    try {
      var kafka = Map.<String, Object>copyOf(broker.connection(Member.VERDICT_API));
      var api = VerdictApi.start(VerdictApiSettings.of(named, kafka, secrets.keyRing()));
      return new Door(api, address(settings, api.port()));
    } catch (InvalidRecordException e) {
      throw new Refusal("The settings of the door are not right: %s.".formatted(e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new Refusal("The HTTPS door did not open: %s.".formatted(innermost(e)), e);
    }
  }

  /** Where it answers, by a name that its self-made certificate has. */
  URI address() {
    return address;
  }

  @Override
  public void close() {
    api.close();
  }

  static Map<String, String> named(
      HouseholdSettings settings, Certificates certificates, SecretKeys secrets) {
    var named = new HashMap<String, String>();
    named.put("callers.bearerKeys", secrets.callers().toString());
    named.put("callers.allowedSubjects", "CN=" + Certificates.GATEWAY);
    named.put("tls.clientAuthority", certificates.doorAuthority().toString());
    named.putAll(settings.handedOn(HouseholdSettings.Application.VERDICT_API));
    named.put("web.address", settings.bindAddress().getHostAddress());
    named.put("web.port", String.valueOf(settings.httpsPort()));
    var identity = settings.doorIdentity();
    named.put(
        "tls.certificate",
        identity
            .map(HouseholdSettings.DoorIdentity::certificate)
            .orElse(certificates.doorServer())
            .toString());
    named.put(
        "tls.privateKey",
        identity
            .map(HouseholdSettings.DoorIdentity::key)
            .orElse(certificates.doorServer())
            .toString());
    return named;
  }

  private static URI address(HouseholdSettings settings, int port) {
    var address = settings.bindAddress();
    var host = address.getHostAddress();
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      host = "localhost";
    } else if (address instanceof Inet6Address) {
      host = "[" + host + "]";
    }
    return URI.create("https://%s:%d".formatted(host, port));
  }

  static String innermost(Throwable problem) {
    var cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
