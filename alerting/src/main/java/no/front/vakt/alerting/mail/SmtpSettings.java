package no.front.vakt.alerting.mail;

import java.nio.file.Path;
import java.util.List;
import no.front.vakt.alerting.recipient.MailAddress;
import no.front.vakt.contract.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * The mail server and how to reach it. There is no setting for no encryption.
 *
 * @param host its name, which its certificate must bear
 * @param port its port
 * @param startTls false: TLS from the first byte; true: a plain greeting, then STARTTLS or nothing
 * @param user whom to log in as; absent: nobody
 * @param passwordFile file whose first line is the password; read again at every connection
 * @param certificateAuthority PEM file with the authorities that are believed; absent: the JDK's
 * @param connectSeconds how long a connection may take
 * @param answerSeconds how long the server may be silent, and how long it may not take a byte
 * @param threads how many mails are sent at once
 * @param from what the reader sees as the sender
 * @param fromName the name beside it
 * @param envelopeSender where the server sends what cannot be delivered
 */
public record SmtpSettings(
    String host,
    int port,
    boolean startTls,
    @Nullable String user,
    @Nullable Path passwordFile,
    @Nullable Path certificateAuthority,
    int connectSeconds,
    int answerSeconds,
    int threads,
    String from,
    String fromName,
    String envelopeSender) {
  private static final String IMPLICIT = "implicit";
  private static final String START_TLS = "starttls";
  private static final int LONGEST_NAME = 64;

  /** Reads {@code smtp.*} and {@code mail.from*}. */
  public static SmtpSettings from(SettingsReader settings) {
    String user = settings.findText("smtp.user");
    Path passwordFile = settings.findFile("smtp.passwordFile");
    boolean startTls =
        settings.oneOf("smtp.tls", IMPLICIT, List.of(IMPLICIT, START_TLS)).equals(START_TLS);
    // RFC 8314: 465 is submission over TLS, 587 submission with STARTTLS.
    int port = settings.whole("smtp.port", startTls ? 587 : 465, 1, 65_535);
    String from = settings.required("mail.from");
    settings.require(from.isEmpty() || MailAddress.isOne(from), "mail.from", "is no mail address");
    String fromName = settings.text("mail.fromName", "Vakt");
    settings.require(
        fromName.length() <= LONGEST_NAME && fromName.chars().noneMatch(Character::isISOControl),
        "mail.fromName",
        "must be one line of at most " + LONGEST_NAME + " characters");
    String envelopeSender = settings.text("mail.envelopeSender", from);
    settings.require(
        envelopeSender.isEmpty() || MailAddress.isOne(envelopeSender),
        "mail.envelopeSender",
        "is no mail address");
    settings.require(
        (user == null) == (passwordFile == null),
        "smtp.passwordFile",
        "and smtp.user need one another");
    return new SmtpSettings(
        settings.required("smtp.host"),
        port,
        startTls,
        user,
        passwordFile,
        settings.findFile("smtp.certificateAuthority"),
        settings.whole("smtp.connectSeconds", 10, 1, 120),
        settings.whole("smtp.answerSeconds", 30, 1, 600),
        settings.whole("smtp.threads", 2, 1, 16),
        from,
        fromName,
        envelopeSender);
  }

  /** Where, not as whom. */
  @Override
  public String toString() {
    return "SmtpSettings[" + host + ":" + port + ", " + (startTls ? START_TLS : IMPLICIT) + "]";
  }
}
