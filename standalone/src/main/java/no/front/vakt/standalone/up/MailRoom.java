package no.front.vakt.standalone.up;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import no.front.vakt.alerting.Alerting;
import no.front.vakt.alerting.AlertingSettings;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.OwnerOnly;
import no.front.vakt.standalone.mail.MailPage;
import no.front.vakt.standalone.mail.MailSink;
import no.front.vakt.standalone.up.HouseholdSettings.Application;
import org.jspecify.annotations.Nullable;

/**
 * Alerting as this household runs it: with the operator's own mail server where {@code
 * alerting.smtp.host} names one, else with a mailbox of its own that a person can open.
 */
final class MailRoom implements AutoCloseable {
  private static final String OWN_SERVER = "smtp.host";

  private static final long BETWEEN_LOOKS_SECONDS = 5;

  private final Consumer<String> terminal;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "mail-room");
            thread.setDaemon(true);
            return thread;
          });
  private final Alerting alerting;
  private final @Nullable MailSink sink;
  private final @Nullable MailPage page;
  private String told = "";

  private MailRoom(
      Alerting alerting,
      @Nullable MailSink sink,
      @Nullable MailPage page,
      Consumer<String> terminal) {
    this.terminal = terminal;
    this.alerting = alerting;
    this.sink = sink;
    this.page = page;
    looks.scheduleWithFixedDelay(
        this::look, BETWEEN_LOOKS_SECONDS, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
  }

  /** Opens it; the terminal hears when no alerts are read, or no mail is taken, and when again. */
  static MailRoom open(
      HouseholdSettings settings,
      Certificates certificates,
      SecretKeys secrets,
      LocalBroker broker,
      Clock clock,
      Consumer<String> terminal) {
    MailSink sink = null;
    MailPage page = null;
    try {
      if (!hasOwnServer(settings)) {
        var password = OwnerOnly.read(secrets.mailKey()).strip();
        sink =
            MailSink.start(
                settings.mailPort(), certificates.mailbox(), SecretKeys.MAIL_USER, password, clock);
        page = MailPage.open(settings.mailPagePort(), sink.mailbox(), ZoneId.of("Europe/Oslo"));
      }
      var kafka = Map.<String, Object>copyOf(broker.connection(Member.ALERTING));
      var alerting =
          Alerting.start(
              AlertingSettings.of(
                  named(settings, certificates, secrets), kafka, secrets.keyRing()));
      return new MailRoom(alerting, sink, page, terminal);
    } catch (RuntimeException e) {
      close(sink, page);
      throw e instanceof Refusal
          ? e
          : new Refusal("The mail did not start: %s.".formatted(Door.innermost(e)), e);
    }
  }

  private static boolean hasOwnServer(HouseholdSettings settings) {
    return settings.handedOn(Application.ALERTING).containsKey(OWN_SERVER);
  }

  static Map<String, String> named(
      HouseholdSettings settings, Certificates certificates, SecretKeys secrets) {
    var named = new HashMap<String, String>();
    named.put("staff.recipients", "vakt@staff.example");
    named.put("mail.from", "vakt@gateway.example");
    named.put("console.address", "https://localhost:%d/".formatted(settings.controlPort()));
    if (!hasOwnServer(settings)) {
      named.put(OWN_SERVER, "localhost");
      named.put("smtp.port", String.valueOf(settings.mailPort()));
      named.put("smtp.tls", "implicit");
      named.put("smtp.user", SecretKeys.MAIL_USER);
      named.put("smtp.passwordFile", secrets.mailKey().toString());
      named.put("smtp.certificateAuthority", certificates.insideAuthority().toString());
    }
    named.putAll(settings.handedOn(Application.ALERTING));
    return named;
  }

  private void look() {
    var problem =
        alerting
            .alarm()
            .or(
                () ->
                    alerting.isServerFailing()
                        ? Optional.of(
                            "The mail server takes no mails now; they are kept and sent when it"
                                + " does again.")
                        : Optional.empty())
            .orElse("");
    if (!problem.equals(told)) {
      terminal.accept(problem.isEmpty() ? "Mails are sent again." : problem);
      told = problem;
    }
  }

  /** Where a person sees the mails; empty when they go to a server of the operator's. */
  Optional<URI> page() {
    return Optional.ofNullable(page).map(MailPage::address);
  }

  @Override
  public void close() {
    looks.shutdownNow();
    alerting.close();
    close(sink, page);
  }

  private static void close(@Nullable MailSink sink, @Nullable MailPage page) {
    if (page != null) {
      page.close();
    }
    if (sink != null) {
      sink.close();
    }
  }
}
