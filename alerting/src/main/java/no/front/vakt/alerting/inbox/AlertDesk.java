package no.front.vakt.alerting.inbox;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.alerting.mail.AlertMailer;
import no.front.vakt.alerting.mail.SmtpSettings;
import no.front.vakt.alerting.mail.TextSettings;
import no.front.vakt.alerting.recipient.Recipients;
import no.front.vakt.alerting.recipient.StaffSettings;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Sealing;

/**
 * All parts in one row, started in the order they need one another: what was mailed, whom to mail,
 * the threads that mail, and last the alerts; stopped the other way round.
 */
public final class AlertDesk implements AutoCloseable {
  private final LogSettings settings;
  private final LogWriter writer;
  private final MailReceipts receipts;
  private final PolicyFeed policies;
  private final AlertMailer mailer;
  private final Dispatch dispatch;
  private final AlertInbox inbox;

  /** Connects nothing yet but makes Kafka's clients, which connect by themselves. */
  public AlertDesk(
      LogSettings settings,
      SmtpSettings smtp,
      TextSettings text,
      StaffSettings staff,
      Map<String, Object> kafka,
      KeyRing keys,
      Clock clock) {
    LogClients clients = new LogClients(kafka);
    Sealing sealing = keys.sealing();
    Recipients recipients = new Recipients(staff, sealing, clock);
    OpenAlerts open = new OpenAlerts();
    this.settings = settings;
    this.writer = new LogWriter(clients);
    this.receipts = new MailReceipts(clients, writer, clock);
    this.policies = new PolicyFeed(clients, recipients);
    this.mailer = new AlertMailer(smtp, text, receipts, clock);
    this.dispatch = new Dispatch(recipients, receipts, open, sealing, keys.hashing(), mailer::add);
    this.inbox =
        new AlertInbox(clients, settings, receipts, open, dispatch, mailer, writer, sealing);
  }

  /**
   * Starts all of it.
   *
   * @throws RuntimeException when the log does not answer in time; then nothing runs
   */
  public void start() throws InterruptedException {
    try {
      receipts.catchUp(settings.startPatience());
      policies.start(settings.startPatience());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    mailer.start(dispatch);
    inbox.start();
  }

  /** Why no alerts are read; empty when they are. */
  public Optional<String> alarm() {
    return inbox.alarm();
  }

  /** Mails that are not settled. */
  public int unsettled() {
    return mailer.unsettled();
  }

  /** Whether the mail server failed the last time it was asked. */
  public boolean isServerFailing() {
    return mailer.isServerFailing();
  }

  @Override
  public void close() {
    mailer.close();
    inbox.close();
    policies.close();
    writer.close();
    receipts.close();
  }
}
