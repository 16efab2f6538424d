package no.front.vakt.standalone.up;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.controlapi.ControlApi;
import no.front.vakt.controlapi.ControlApiSettings;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.database.DatabaseAccess;
import no.front.vakt.standalone.policyfiles.PolicyDirectory;
import no.front.vakt.standalone.up.HouseholdSettings.Application;

/** The control API as this household opens it, and the directory of policy files that feeds it. */
final class ControlPlane implements AutoCloseable {
  /** As long as a first start may take to make its tables and read the log of policies. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ControlApi api;
  private final PolicyDirectory files;
  private final URI address;

  private ControlPlane(ControlApi api, PolicyDirectory files, URI address) {
    this.api = api;
    this.files = files;
    this.address = address;
  }

  /**
   * Opens it and returns when what is in the policy files has reached the rule book, or when the
   * database has kept us waiting long enough: then they follow when it is there.
   */
  static ControlPlane open(
      HouseholdSettings settings,
      Certificates certificates,
      SecretKeys secrets,
      LocalBroker broker,
      DatabaseAccess database,
      Clock clock,
      Consumer<String> terminal) {
    ControlApi api;
    try {
      var kafka = Map.<String, Object>copyOf(broker.connection(Member.CONTROL_API));
      api =
          ControlApi.start(
              ControlApiSettings.of(
                  named(settings, certificates, secrets, database), kafka, secrets.keyRing()));
    } catch (InvalidRecordException e) {
      throw new Refusal(
          "The settings of the control API are not right: %s.".formatted(e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new Refusal("The control API did not open: %s.".formatted(Door.innermost(e)), e);
    }
    try {
      if (!api.ruleBook().awaitReady(PATIENCE)) {
        terminal.accept("The rule book is not there yet: policies follow when its database is.");
      }
      var files =
          PolicyDirectory.watch(
              settings.policiesDirectory(), new RuleBookShelf(api.ruleBook()), clock, terminal);
      return new ControlPlane(api, files, URI.create("https://localhost:%d".formatted(api.port())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      api.close();
      throw new Refusal("The start was interrupted.", e);
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
  }

  /** Where staff's programs call. */
  URI address() {
    return address;
  }

  @Override
  public void close() {
    files.close();
    api.close();
  }

  private static Map<String, String> named(
      HouseholdSettings settings,
      Certificates certificates,
      SecretKeys secrets,
      DatabaseAccess database) {
    var named = new HashMap<String, String>();
    named.put("staff.keys", secrets.staff().toString());
    named.putAll(settings.handedOn(Application.CONTROL_API));
    named.put("web.port", String.valueOf(settings.controlPort()));
    named.put("tls.certificate", certificates.doorServer().toString());
    named.put("tls.privateKey", certificates.doorServer().toString());
    named.put("database.url", database.url());
    named.put("database.user", database.user());
    named.put("database.passwordFile", database.passwordFile().toString());
    return named;
  }
}
