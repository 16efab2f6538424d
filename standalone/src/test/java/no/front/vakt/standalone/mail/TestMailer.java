package no.front.vakt.standalone.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Sends mails as alerting does: over SMTPS, the server's name and certificate checked. */
final class TestMailer {
  private final int port;
  private final Path authority;
  private final String user;
  private final String password;

  TestMailer(int port, Path authority, String user, String password) {
    this.port = port;
    this.authority = authority;
    this.user = user;
    this.password = password;
  }

  /** Sends one mail with a text and an HTML part. */
  void send(String to, String subject, String text, String html) throws Exception {
    var properties = properties();
    properties.put("mail.smtps.auth", String.valueOf(!user.isEmpty()));
    var session = Session.getInstance(properties);
    var message = message(session, to, subject, text, html);
    try (var transport = session.getTransport("smtps")) {
      if (user.isEmpty()) {
        transport.connect();
      } else {
        transport.connect(user, password);
      }
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private Properties properties() throws Exception {
    var properties = new Properties();
    properties.put("mail.smtps.host", "127.0.0.1");
    properties.put("mail.smtps.port", String.valueOf(port));
    properties.put("mail.smtps.ssl.checkserveridentity", "true");
    properties.put("mail.smtps.ssl.socketFactory", trusting(authority).getSocketFactory());
    properties.put("mail.smtps.connectiontimeout", "10000");
    properties.put("mail.smtps.timeout", "10000");
    return properties;
  }

  private static Message message(
      Session session, String to, String subject, String text, String html)
      throws MessagingException {
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress("vakt@front.example"));
    message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(to));
    message.setSubject(subject, "UTF-8");
    message.setHeader("Auto-Submitted", "auto-generated");
    var parts = new MimeMultipart("alternative");
    var plain = new MimeBodyPart();
    plain.setText(text, "UTF-8");
    parts.addBodyPart(plain);
    var rich = new MimeBodyPart();
    rich.setContent(html, "text/html; charset=UTF-8");
    parts.addBodyPart(rich);
    message.setContent(parts);
    return message;
  }

  private static SSLContext trusting(Path authority) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
