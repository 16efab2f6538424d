package no.front.vakt.standalone.up;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import no.front.vakt.controlapi.ControlApi;
import no.front.vakt.controlapi.ControlApiSettings;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.database.DatabaseAccess;
import no.front.vakt.standalone.database.LocalDatabase;
import no.front.vakt.standalone.policyfiles.PolicyDirectory;
import no.front.vakt.standalone.up.HouseholdSettings.Application;
import org.jspecify.annotations.Nullable;

/**
 * The control API as this household opens it, with the database it keeps policies in and the
 * directory of policy files that feeds it.
 */
final class ControlPlane implements AutoCloseable {
  /** As long as a first start may take to make its tables and read the log of policies. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final @Nullable LocalDatabase database;
  private final ControlApi api;
  private final PolicyDirectory files;
  private final URI address;

  private ControlPlane(
      @Nullable LocalDatabase database, ControlApi api, PolicyDirectory files, URI address) {
    this.database = database;
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
      Workplace workplace,
      Certificates certificates,
      SecretKeys secrets,
      LocalBroker broker,
      Clock clock,
      Consumer<String> terminal) {
    LocalDatabase own =
        settings.databaseServer().isPresent()
            ? null
            : LocalDatabase.start(place(settings, workplace, certificates, secrets), terminal);
    ControlApi api = null;
    try {
      var access = own == null ? settings.databaseServer().orElseThrow() : own.access();
      var kafka = Map.<String, Object>copyOf(broker.connection(Member.CONTROL_API));
      api =
          ControlApi.start(
              ControlApiSettings.of(
                  named(settings, certificates, secrets, access), kafka, secrets.keyRing()));
      if (!api.ruleBook().awaitReady(PATIENCE)) {
        terminal.accept("The rule book is not there yet: policies follow when its database is.");
      }
      var files =
          PolicyDirectory.watch(
              settings.policiesDirectory(), new RuleBookShelf(api.ruleBook()), clock, terminal);
      return new ControlPlane(
          own, api, files, URI.create("https://localhost:%d".formatted(api.port())));
    } catch (Refusal e) {
      close(api, own);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(api, own);
      throw new Refusal("The start was interrupted.", e);
    } catch (RuntimeException e) {
      close(api, own);
      throw new Refusal("The control API did not open: %s.".formatted(Door.innermost(e)), e);
    }
  }

  private static LocalDatabase.Place place(
      HouseholdSettings settings,
      Workplace workplace,
      Certificates certificates,
      SecretKeys secrets) {
    return new LocalDatabase.Place(
        workplace.databaseDirectory(),
        workplace.logFile().resolveSibling("postgresql.log"),
        settings.databasePort(),
        certificates.database(),
        certificates.insideAuthority(),
        secrets.databaseOwnerKey(),
        secrets.databaseKey());
  }

  private static void close(@Nullable ControlApi api, @Nullable LocalDatabase database) {
    if (api != null) {
      api.close();
    }
    if (database != null) {
      database.close();
    }
  }

  /** Where staff's programs call. */
  URI address() {
    return address;
  }

  @Override
  public void close() {
    files.close();
    close(api, database);
  }

  static Map<String, String> named(
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
