package no.front.vakt.standalone.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.up.Certificates;
import no.front.vakt.standalone.up.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSinkTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String PASSWORD = "fictional-password";

  @TempDir Path home;
  private Certificates certificates;
  private int port;
  private MailSink sink;

  @BeforeEach
  void start() {
    certificates = Certificates.prepare(home.resolve("keys"), Clock.systemUTC());
    port = FreePorts.next();
    sink = MailSink.start(port, certificates.mailbox(), "vakt", PASSWORD, noon());
  }

  @AfterEach
  void stop() {
    sink.close();
  }

  @Test
  void keepsWhatComesInOverVerifiedTls() throws Exception {
    mailer(PASSWORD).send("ops@front.example", "Stopped: 3 messages", "æøå", "<p>æøå</p>");
    assertThat(sink.mailbox().newestFirst())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.number()).isEqualTo(1);
              assertThat(mail.receivedAt()).isEqualTo(NOON);
              assertThat(mail.recipients()).containsExactly("ops@front.example");
              var read = ReadMail.of(mail);
              assertThat(read.subject()).isEqualTo("Stopped: 3 messages");
              assertThat(read.headers()).containsEntry("Auto-Submitted", "auto-generated");
              assertThat(read.text()).contains("æøå");
              assertThat(read.html()).contains("<p>æøå</p>");
              assertThat(read.others()).isEmpty();
            });
  }

  @Test
  void theFiveHundredAndFirstMailPushesOutTheFirst() throws Exception {
    var mailbox = sink.mailbox();
    for (int i = 1; i <= Mailbox.MOST_MAILS; i++) {
      mailbox.keep(NOON, List.of("ops@front.example"), new byte[0]);
    }
    assertThat(mailbox.find(1)).isPresent();

    mailer(PASSWORD).send("ops@front.example", "The 501st", "text", "<p>text</p>");
    assertThat(mailbox.size()).isEqualTo(500);
    assertThat(mailbox.find(1)).isEmpty();
    assertThat(mailbox.find(2)).isPresent();
    assertThat(mailbox.newestFirst().get(0).number()).isEqualTo(501);
  }

  @Test
  void refusesAnotherLogin() {
    assertThatThrownBy(() -> mailer("guess").send("ops@front.example", "s", "t", "h"))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThat(sink.mailbox().size()).isZero();
  }

  @Test
  void refusesWhoeverDoesNotLogIn() {
    assertThatThrownBy(
            () ->
                new TestMailer(port, certificates.insideAuthority(), "", "")
                    .send("ops@front.example", "s", "t", "h"))
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("530 5.7.0 Authentication required");
    assertThat(sink.mailbox().size()).isZero();
  }

  @Test
  void isTrustedOnlyUnderTheHouseholdsAuthority() {
    assertThatThrownBy(
            () ->
                new TestMailer(port, certificates.doorAuthority(), "vakt", PASSWORD)
                    .send("ops@front.example", "s", "t", "h"))
        .hasStackTraceContaining("PKIX path");
  }

  @Test
  void offersNoPlainSmtp() throws Exception {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("EHLO there\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).doesNotContain("220", "250", "SMTP");
    }
    mailer(PASSWORD).send("ops@front.example", "Still there", "t", "h");
    assertThat(sink.mailbox().size()).isEqualTo(1);
  }

  @Test
  void refusesAMailThatIsTooLarge() {
    assertThatThrownBy(
            () ->
                mailer(PASSWORD)
                    .send("ops@front.example", "s", "x".repeat(70).concat("\n").repeat(16_000), ""))
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("up to 1 MB");
    assertThat(sink.mailbox().size()).isZero();
  }

  @Test
  void saysHowToChooseAnotherPort() {
    assertThatThrownBy(
            () -> MailSink.start(port, certificates.mailbox(), "vakt", PASSWORD, noon()).close())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("--set mail.port=PORT");
  }

  @Test
  void givesItsPortBack() {
    sink.close();
    MailSink.start(port, certificates.mailbox(), "vakt", PASSWORD, noon()).close();
  }

  private static Clock noon() {
    return Clock.fixed(NOON, ZoneOffset.UTC);
  }

  private TestMailer mailer(String password) {
    return new TestMailer(port, certificates.insideAuthority(), "vakt", password);
  }
}
