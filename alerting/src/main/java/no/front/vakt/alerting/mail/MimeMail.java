package no.front.vakt.alerting.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import no.front.vakt.alerting.recipient.MailAddress;

/**
 * A letter in its envelope: text and HTML side by side, headers that keep machines from answering,
 * and a Message-ID that is the same whenever the same mail is made again, so that a mailbox that
 * gets it twice can tell. Every header is Vakt's own words, a checked address, or a subject that
 * has been {@link Cleaned} and is encoded.
 */
final class MimeMail extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final int ID_BYTES = 16;

  private final String messageId;

  private MimeMail(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  /** Makes the mail; the recipient's address must be one. */
  static MimeMail of(Session session, Mail mail, Letter letter, SmtpSettings settings, Instant now)
      throws MessagingException {
    MimeMail made = new MimeMail(session, messageId(mail.key(), settings.from()));
    try {
      made.setFrom(new InternetAddress(settings.from(), settings.fromName(), UTF_8));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("Every JDK has UTF-8", e);
    }
    // The address alone: a contact's name is somebody else's text and no mail needs it.
    made.setRecipient(
        Message.RecipientType.TO, new InternetAddress(mail.recipient().address(), true));
    made.setSubject(letter.subject(), UTF_8);
    made.setSentDate(Date.from(now));
    made.setHeader("Auto-Submitted", "auto-generated");
    made.setHeader("X-Auto-Response-Suppress", "All");
    made.setHeader("Content-Language", letter.language().code());
    MimeMultipart parts = new MimeMultipart("alternative");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(LetterText.of(letter), UTF_8, "plain");
    text.setHeader("Content-Transfer-Encoding", "quoted-printable");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(LetterHtml.of(letter), UTF_8, "html");
    html.setHeader("Content-Transfer-Encoding", "quoted-printable");
    parts.addBodyPart(text);
    parts.addBodyPart(html);
    made.setContent(parts);
    made.saveChanges();
    return made;
  }

  /** The id of a mail: its key, hashed, at the sender's domain. */
  static String messageId(Mail.Key key, String from) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (key.alertId() + '\0' + key.recipientHash()).getBytes(StandardCharsets.UTF_8));
      return "<"
          + HexFormat.of().formatHex(hash, 0, ID_BYTES)
          + ".vakt@"
          + MailAddress.domain(from)
          + ">";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
