package no.front.vakt.standalone.up;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.alerting.Alerting;
import no.front.vakt.alerting.AlertingSettings;
import no.front.vakt.contract.InvalidRecordException;
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
  private static final String USER = SecretKeys.MAIL_USER;
  private static final String OWN_SERVER = "smtp.host";

  private final Alerting alerting;
  private final @Nullable MailSink sink;
  private final @Nullable MailPage page;

  private MailRoom(Alerting alerting, @Nullable MailSink sink, @Nullable MailPage page) {
    this.alerting = alerting;
    this.sink = sink;
    this.page = page;
  }

  static MailRoom open(
      HouseholdSettings settings,
      Certificates certificates,
      SecretKeys secrets,
      LocalBroker broker,
      Clock clock) {
    var own = settings.handedOn(Application.ALERTING);
    MailSink sink = null;
    MailPage page = null;
    var named = new HashMap<String, String>();
    named.put("staff.recipients", "vakt@staff.example");
    named.put("mail.from", "vakt@gateway.example");
    named.put("console.address", "https://localhost:%d/".formatted(settings.controlPort()));
    try {
      if (!own.containsKey(OWN_SERVER)) {
        var password = OwnerOnly.read(secrets.mailKey()).strip();
        sink = MailSink.start(settings.mailPort(), certificates.mailbox(), USER, password, clock);
        page = MailPage.open(settings.mailPagePort(), sink.mailbox(), ZoneId.of("Europe/Oslo"));
        named.put(OWN_SERVER, "localhost");
        named.put("smtp.port", String.valueOf(settings.mailPort()));
        named.put("smtp.tls", "implicit");
        named.put("smtp.user", USER);
        named.put("smtp.passwordFile", secrets.mailKey().toString());
        named.put("smtp.certificateAuthority", certificates.insideAuthority().toString());
      }
      named.putAll(own);
      var kafka = Map.<String, Object>copyOf(broker.connection(Member.ALERTING));
      var alerting = Alerting.start(AlertingSettings.of(named, kafka, secrets.keyRing()));
      return new MailRoom(alerting, sink, page);
    } catch (InvalidRecordException e) {
      close(sink, page);
      throw new Refusal("The settings of alerting are not right: %s.".formatted(e.getMessage()), e);
    } catch (RuntimeException e) {
      close(sink, page);
      throw e;
    }
  }

  /** Where a person sees the mails; empty when they go to a server of the operator's. */
  Optional<URI> page() {
    return Optional.ofNullable(page).map(MailPage::address);
  }

  @Override
  public void close() {
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
