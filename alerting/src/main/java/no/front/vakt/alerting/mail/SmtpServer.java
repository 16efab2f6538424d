package no.front.vakt.alerting.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import no.front.vakt.alerting.recipient.MailAddress;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mail server over TLS 1.2 or newer, its certificate and its name checked, or not at all. One
 * connection a mail: mails are few and a connection that is not kept cannot be stale. Every step on
 * the socket has its time. Thread-safe.
 */
final class SmtpServer implements MailServer {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
  private static final String PROTOCOLS = "TLSv1.3 TLSv1.2";
  private static final String NO_ADDRESS = "not a mail address";

  // An enhanced status (RFC 3463) x.7.y is about what we may do here, not about the recipient.
  private static final Pattern ENHANCED =
      Pattern.compile("\\b([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");
  private static final String SECURITY = "7";
  private static final int CLOSING = 421;
  private static final int FIRST_PERMANENT = 500;

  private final SmtpSettings settings;
  private final TextSettings text;
  private final Clock clock;
  private final Session session;

  /** Reads the authorities; connects to nothing. */
  SmtpServer(SmtpSettings settings, TextSettings text, Clock clock) {
    this.settings = settings;
    this.text = text;
    this.clock = clock;
    this.session = Session.getInstance(properties());
  }

  private String protocol() {
    return settings.startTls() ? "smtp" : "smtps";
  }

  private Properties properties() {
    Properties properties = new Properties();
    String prefix = "mail." + protocol() + ".";
    properties.put(prefix + "host", settings.host());
    properties.put(prefix + "port", String.valueOf(settings.port()));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "ssl.protocols", PROTOCOLS);
    properties.put(prefix + "ssl.socketFactory", socketFactory());
    if (settings.startTls()) {
      properties.put(prefix + "starttls.enable", "true");
      properties.put(prefix + "starttls.required", "true");
    } else {
      properties.put(prefix + "ssl.enable", "true");
    }
    String answer = String.valueOf(settings.answerSeconds() * 1_000);
    properties.put(prefix + "connectiontimeout", String.valueOf(settings.connectSeconds() * 1_000));
    properties.put(prefix + "timeout", answer);
    properties.put(prefix + "writetimeout", answer);
    properties.put(prefix + "auth", String.valueOf(settings.user() != null));
    // No waiting for the answer to QUIT: the mail is taken, and a second one must not follow.
    properties.put(prefix + "quitwait", "false");
    properties.put(prefix + "from", settings.envelopeSender());
    properties.put(prefix + "localhost", MailAddress.domain(settings.from()));
    return properties;
  }

  private SSLSocketFactory socketFactory() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted().getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("smtp.certificateAuthority cannot be read", e);
    }
  }

  private TrustManagerFactory trusted() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore authorities = null;
    if (settings.certificateAuthority() != null) {
      authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      try (InputStream file = Files.newInputStream(settings.certificateAuthority())) {
        int number = 0;
        for (Certificate certificate :
            CertificateFactory.getInstance("X.509").generateCertificates(file)) {
          authorities.setCertificateEntry("authority-" + number++, certificate);
        }
      }
      if (authorities.size() == 0) {
        throw new IOException("The file holds no certificate");
      }
    }
    factory.init(authorities);
    return factory;
  }

  @Override
  public void send(Mail mail) throws NotSentException {
    if (!MailAddress.isOne(mail.recipient().address())) {
      throw new NotSentException(
          Fault.RECIPIENT_FOR_GOOD, NO_ADDRESS, new IllegalArgumentException(NO_ADDRESS));
    }
    MimeMail message;
    Address[] to;
    try {
      to = new Address[] {new InternetAddress(mail.recipient().address(), true)};
      Letter letter = MailText.write(mail.news(), mail.recipient(), text);
      message = MimeMail.of(session, mail, letter, settings, clock.instant());
    } catch (MessagingException e) {
      throw new NotSentException(Fault.RECIPIENT_FOR_NOW, "the mail cannot be made", e);
    }
    Transport transport = null;
    try {
      transport = session.getTransport(protocol());
      connect(transport);
      transport.sendMessage(message, to);
    } catch (MessagingException e) {
      throw explained(e);
    } catch (IOException e) {
      throw new NotSentException(Fault.SERVER, "the password file cannot be read", e);
    } finally {
      close(transport);
    }
  }

  /** Whatever happens here, the mail has been taken or refused before. */
  private static void close(@Nullable Transport transport) {
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (MessagingException e) {
      LOG.debug("The connection was not closed in order", e);
    }
  }

  private void connect(Transport transport) throws MessagingException, IOException {
    if (settings.user() == null) {
      transport.connect();
    } else {
      transport.connect(settings.host(), settings.port(), settings.user(), password());
    }
  }

  private String password() throws IOException {
    try (var lines = Files.lines(settings.passwordFile())) {
      return lines.findFirst().orElse("").strip();
    }
  }

  private static NotSentException explained(MessagingException e) {
    if (e instanceof AuthenticationFailedException) {
      return new NotSentException(Fault.SERVER, "login refused", e);
    }
    SMTPAddressFailedException refused = find(e, SMTPAddressFailedException.class);
    if (refused != null) {
      return answered(refused.getReturnCode(), refused.getMessage(), false, e);
    }
    SMTPSendFailedException failed = find(e, SMTPSendFailedException.class);
    if (failed != null && failed.getReturnCode() > 0) {
      String command = String.valueOf(failed.getCommand());
      return answered(failed.getReturnCode(), failed.getMessage(), command.startsWith("MAIL"), e);
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new NotSentException(Fault.SERVER, cause.getClass().getSimpleName(), e);
  }

  private static NotSentException answered(
      int code, @Nullable String sentence, boolean aboutSender, Throwable cause) {
    Matcher enhanced = ENHANCED.matcher(sentence == null ? "" : sentence);
    boolean isEnhanced = enhanced.find();
    String problem = isEnhanced ? code + " " + enhanced.group() : String.valueOf(code);
    if (code == CLOSING || aboutSender) {
      return new NotSentException(Fault.SERVER, problem, cause);
    }
    if (code < FIRST_PERMANENT || isEnhanced && enhanced.group(2).equals(SECURITY)) {
      return new NotSentException(Fault.RECIPIENT_FOR_NOW, problem, cause);
    }
    return new NotSentException(Fault.RECIPIENT_FOR_GOOD, problem, cause);
  }

  private static <T extends Exception> @Nullable T find(MessagingException e, Class<T> type) {
    for (Exception each = e; each != null; each = next(each)) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException chained ? chained.getNextException() : null;
  }
}
