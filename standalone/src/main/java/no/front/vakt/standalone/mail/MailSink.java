package no.front.vakt.standalone.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import no.front.vakt.standalone.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A mail server inside this process that delivers nowhere: it takes mails over SMTPS on loopback
 * from whoever has the login, and keeps the newest in a {@link Mailbox}. There is no plain SMTP and
 * no STARTTLS.
 */
public final class MailSink implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 16;
  private static final long START_MILLIS = 10_000;

  /** Alert mails are a few kilobytes; 500 of these still fit into memory. */
  private static final int LARGEST_MAIL_BYTES = 1 << 20;

  private final SmtpsServer server;
  private final Mailbox mailbox;

  private MailSink(SmtpsServer server, Mailbox mailbox) {
    this.server = server;
    this.mailbox = mailbox;
  }

  /**
   * Starts the server and returns when it takes mails.
   *
   * @param tls with the key and certificate to show
   * @throws Refusal when the port cannot be used
   */
  public static MailSink start(
      int port, SSLContext tls, String user, String password, Clock clock) {
    var mailbox = new Mailbox();
    var managers = new Managers();
    try {
      managers.getUserManager().createUser(user + "@localhost", user, password);
    } catch (UserException e) {
      throw new IllegalStateException(e);
    }
    var setup = new ServerSetup(port, LOOPBACK, ServerSetup.PROTOCOL_SMTPS);
    var intake =
        new Intake(managers.getImapHostManager(), managers.getUserManager(), mailbox, clock);
    var server = new SmtpsServer(setup, managers, intake, listen(port, tls));
    server.startService();
    try {
      if (!server.waitTillRunning(START_MILLIS)) {
        server.stopService();
        throw new Refusal("The mailbox did not start.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.stopService();
      throw new Refusal("The start of the mailbox was stopped.", e);
    }
    return new MailSink(server, mailbox);
  }

  /** Where the mails are. */
  public Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public void close() {
    server.stopService();
  }

  private static SSLServerSocket listen(int port, SSLContext tls) {
    try {
      var socket = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
      socket.setEnabledProtocols(new String[] {"TLSv1.3"});
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      throw new Refusal(
          "Port %d on %s cannot be used (%s): stop what listens there, or choose another with --set mail.port=PORT."
              .formatted(port, LOOPBACK, e.getMessage()),
          e);
    }
  }

  /** Puts what comes in into the mailbox, in the stead of GreenMail's endless store. */
  private static final class Intake extends SmtpManager {
    private final Mailbox mailbox;
    private final Clock clock;

    Intake(ImapHostManager host, UserManager users, Mailbox mailbox, Clock clock) {
      super(host, users);
      this.mailbox = mailbox;
      this.clock = clock;
    }

    @Override
    public @Nullable String checkData(SmtpState state) {
      try {
        return state.getMessage().getMessage().getSize() > LARGEST_MAIL_BYTES
            ? "552 5.3.4 The mailbox takes mails of up to 1 MB"
            : null;
      } catch (MessagingException e) {
        return "554 5.6.0 The mail cannot be read";
      }
    }

    @Override
    public synchronized void send(SmtpState state) {
      var incoming = state.getMessage();
      var source = new ByteArrayOutputStream();
      try {
        incoming.getMessage().writeTo(source);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
      mailbox.keep(
          clock.instant(),
          incoming.getToAddresses().stream().map(MailAddress::getEmail).sorted().toList(),
          source.toByteArray());
    }
  }
}
