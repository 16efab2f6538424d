package no.front.vakt.alerting.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import no.front.vakt.alerting.mail.MailServer.NotSentException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails by a few threads until the server has each of them. Right after the server took one,
 * a receipt goes to the log and only then is the mail settled; a crash between the two is the only
 * way to a second copy. A failure for now is tried again, without end unless it is one {@link
 * RefusedAddresses address's} alone; one for good is settled with its problem.
 */
public final class AlertMailer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertMailer.class);

  // How often idle threads look at the clock, which may not be the machine's.
  private static final long LOOK_MILLIS = 100;
  private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private final Outbox outbox = new Outbox(RandomGenerator.getDefault());
  private final RefusedAddresses refused = new RefusedAddresses();
  private final MailServer server;
  private final Mail.Receipts receipts;
  private final int threadCount;
  private final Clock clock;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  /** Is ready to queue; {@link #start} sends. */
  public AlertMailer(SmtpSettings smtp, TextSettings text, Mail.Receipts receipts, Clock clock) {
    this(new SmtpServer(smtp, text, clock), smtp.threads(), receipts, clock);
  }

  AlertMailer(MailServer server, int threadCount, Mail.Receipts receipts, Clock clock) {
    this.server = server;
    this.threadCount = threadCount;
    this.receipts = receipts;
    this.clock = clock;
  }

  /** Starts to send. */
  public void start(Mail.Settled settled) {
    for (int i = 0; i < threadCount; i++) {
      Thread thread = new Thread(() -> run(settled), "alerting-mail-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Queues a mail; whoever queues sees to it that they are not too many. */
  public void add(Mail mail) {
    outbox.add(mail, clock.instant());
    synchronized (outbox) {
      outbox.notifyAll();
    }
  }

  /** Forgets mails that are no longer this process's to send. */
  public void removeIf(Predicate<Mail> isForeign) {
    outbox.removeIf(isForeign);
  }

  /**
   * Waits until none of some mails is being sent, so that whoever sends them next knows what became
   * of them; or until the time is over. Mails that only wait must be removed before.
   */
  public void awaitNoneOnTheWay(Predicate<Mail> which, Duration patience)
      throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (outbox) {
      while (!closing && outbox.isAnyOnTheWay(which) && System.nanoTime() < until) {
        outbox.wait(LOOK_MILLIS);
      }
    }
  }

  /** Mails that are not settled. */
  public int unsettled() {
    return outbox.size();
  }

  /** Whether the server failed the last time it was asked. */
  public boolean isServerFailing() {
    return outbox.isServerFailing();
  }

  private void run(Mail.Settled settled) {
    try {
      while (!closing) {
        Optional<Mail> next = outbox.take(clock.instant());
        if (next.isPresent()) {
          deliver(next.get(), settled);
        } else {
          synchronized (outbox) {
            outbox.wait(LOOK_MILLIS);
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("No more mails are sent");
    }
  }

  private void deliver(Mail mail, Mail.Settled settled) throws InterruptedException {
    if (receipts.isSettled(mail.key())) {
      settled.settled(mail, null);
      outbox.skipped(mail);
      return;
    }
    String problem = null;
    try {
      server.send(mail);
      refused.taken(mail.key().recipientHash(), clock.instant());
    } catch (NotSentException e) {
      if (e.fault() != MailServer.Fault.RECIPIENT_FOR_GOOD && !isHopeless(mail, e)) {
        later(mail, e);
        return;
      }
      problem = e.problem();
      LOG.error(
          "The mail of alert {} for {} is refused for good ({}) by {}",
          mail.key().alertId(),
          mail.lane(),
          problem,
          mail.recipient().isStaff() ? "the server of one of staff" : "a contact's server");
    } catch (RuntimeException e) {
      // A fault of ours must lose no mail: it waits until a version that can send it is started.
      LOG.error(
          "The mail of alert {} cannot be made: {} at {}",
          mail.key().alertId(),
          e.getClass().getSimpleName(),
          e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]);
      outbox.retryRecipient(mail, clock.instant());
      return;
    }
    settle(mail, problem, settled);
  }

  private boolean isHopeless(Mail mail, NotSentException e) {
    return e.fault() == MailServer.Fault.RECIPIENT_FOR_NOW
        && e.isAnswer()
        && refused.isHopeless(mail.key().recipientHash(), clock.instant());
  }

  private void settle(Mail mail, @Nullable String problem, Mail.Settled settled)
      throws InterruptedException {
    receipts.note(mail.key(), problem);
    settled.settled(mail, problem);
    boolean wasFailing = outbox.isServerFailing();
    outbox.done(mail);
    if (wasFailing) {
      LOG.info("The mail server takes mails again; {} wait", outbox.size());
    }
  }

  private void later(Mail mail, NotSentException e) {
    if (e.fault() == MailServer.Fault.SERVER) {
      if (!outbox.isServerFailing()) {
        LOG.warn("The mail server takes no mails now ({}); {} wait", e.problem(), outbox.size());
      }
      outbox.retryServer(mail, clock.instant());
    } else {
      LOG.warn("A mail of alert {} is tried again later ({})", mail.key().alertId(), e.problem());
      outbox.retryRecipient(mail, clock.instant());
    }
  }

  /**
   * Lets what is being sent finish for some seconds; what is not sent is left to the next start.
   */
  @Override
  public void close() {
    closing = true;
    synchronized (outbox) {
      outbox.notifyAll();
    }
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
