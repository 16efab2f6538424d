package no.front.vakt.alerting.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;
import no.front.vakt.alerting.AlertingSettings;
import no.front.vakt.alerting.MailTls;
import no.front.vakt.alerting.ScriptedSmtpServer;
import no.front.vakt.alerting.mail.MailServer.Fault;
import no.front.vakt.alerting.mail.MailServer.NotSentException;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpServerTest {
  @TempDir static Path directory;
  private static MailTls tls;
  private static Path authority;

  @BeforeAll
  static void certificates() throws Exception {
    tls = new MailTls();
    authority = tls.authorityFile(directory);
  }

  private static void send(int port, String... more) throws NotSentException {
    Map<String, String> named = new HashMap<>();
    named.put("smtp.host", "localhost");
    named.put("smtp.port", String.valueOf(port));
    named.put("smtp.certificateAuthority", authority.toString());
    named.put("smtp.answerSeconds", "1");
    named.put("smtp.connectSeconds", "1");
    named.put("mail.from", "vakt@front.example");
    for (int i = 0; i < more.length; i += 2) {
      named.put(more[i], more[i + 1]);
    }
    SettingsReader reader = AlertingSettings.reader(named);
    SmtpSettings settings = SmtpSettings.from(reader);
    reader.finish();
    Mail mail =
        new Mail(
            new Mail.Key("a", "h"),
            "klubben",
            SampleNews.news(SampleNews.alert(AlertType.FIRST, AlertAudience.CUSTOMER)),
            SampleNews.reader(false, Language.NB),
            new Mail.Place(0, 0, 0));
    new SmtpServer(settings, SampleNews.TEXT, Clock.fixed(SampleNews.NOON, ZoneOffset.UTC))
        .send(mail);
  }

  private static ScriptedSmtpServer server(
      ServerSocketFactory sockets, String command, @Nullable String answer) throws Exception {
    return new ScriptedSmtpServer(sockets, line -> line.startsWith(command) ? answer : null);
  }

  @Test
  void sendsOverTlsToAServerThatBearsItsName() throws Exception {
    try (ScriptedSmtpServer server = server(tls.serverOf("localhost"), "none", null)) {
      send(server.port(), "mail.envelopeSender", "bounces@front.example");

      assertThat(server.taken()).containsExactly("drift@klubben.example");
      assertThat(server.commands())
          .anyMatch(c -> c.startsWith("MAIL FROM:<bounces@front.example>"));
    }
  }

  @Test
  void saysNothingToAServerOfAnotherName() throws Exception {
    try (ScriptedSmtpServer server = server(tls.serverOf("other.example"), "none", null)) {
      refused(server, Fault.SERVER);
    }
  }

  @Test
  void saysNothingToAServerOfAnotherAuthority() throws Exception {
    try (ScriptedSmtpServer server = server(new MailTls().serverOf("localhost"), "none", null)) {
      refused(server, Fault.SERVER);
    }
  }

  @Test
  void saysNothingToAServerWithoutTls() throws Exception {
    try (ScriptedSmtpServer server = server(ServerSocketFactory.getDefault(), "none", null)) {
      refused(server, Fault.SERVER);
    }
  }

  @Test
  void sendsNeitherMailNorPasswordWhereStartTlsIsMissing() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "canary-password\n");
    try (ScriptedSmtpServer server =
        server(ServerSocketFactory.getDefault(), "EHLO", "250-scripted\r\n250 AUTH PLAIN LOGIN")) {
      refused(
          server,
          Fault.SERVER,
          "smtp.tls",
          "starttls",
          "smtp.user",
          "vakt",
          "smtp.passwordFile",
          password.toString());
      assertThat(server.commands()).noneMatch(c -> c.startsWith("AUTH") || c.startsWith("MAIL"));
    }
  }

  private static void refused(ScriptedSmtpServer server, Fault fault, String... settings) {
    assertThatExceptionOfType(NotSentException.class)
        .isThrownBy(() -> send(server.port(), settings))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    assertThat(server.taken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550 5.7.1 not you, SERVER, 550 5.7.1",
    "MAIL, 451 later, SERVER, 451",
    "RCPT, 421 closing, SERVER, 421",
    "RCPT, 450 4.2.1 greylisted, RECIPIENT_FOR_NOW, 450 4.2.1",
    "RCPT, 550 5.1.1 no drift@klubben.example here, RECIPIENT_FOR_GOOD, 550 5.1.1",
    "RCPT, 554 5.7.1 relay access denied, RECIPIENT_FOR_NOW, 554 5.7.1",
    "RCPT, 553 no, RECIPIENT_FOR_GOOD, 553",
    "DATA, 451 4.3.0 full, RECIPIENT_FOR_NOW, 451 4.3.0",
    "., 554 5.6.0 bad mail, RECIPIENT_FOR_GOOD, 554 5.6.0",
    "., 452 4.3.1 full, RECIPIENT_FOR_NOW, 452 4.3.1"
  })
  void knowsWhoseFaultARefusalIsAndQuotesNoSentence(
      String command, String answer, Fault fault, String problem) throws Exception {
    try (ScriptedSmtpServer server = server(tls.serverOf("localhost"), command, answer)) {
      assertThatExceptionOfType(NotSentException.class)
          .isThrownBy(() -> send(server.port()))
          .satisfies(
              e -> {
                assertThat(e.fault()).isEqualTo(fault);
                assertThat(e.problem()).isEqualTo(problem);
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"EHLO", "MAIL", "RCPT", "DATA", "."})
  void givesUpOnAServerThatFallsSilent(String command) throws Exception {
    try (ScriptedSmtpServer server = server(tls.serverOf("localhost"), command, "")) {
      refused(server, Fault.SERVER);
    }
  }

  @Test
  void givesUpOnAServerThatNeverSpeaks() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      assertThatExceptionOfType(NotSentException.class)
          .isThrownBy(() -> send(silent.getLocalPort()))
          .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.SERVER));
    }
  }

  @Test
  void doesNotCountAMailThatWasTakenAsLostWhenTheGoodbyeFails() throws Exception {
    try (ScriptedSmtpServer server = server(tls.serverOf("localhost"), "QUIT", "")) {
      send(server.port());
      assertThat(server.taken()).hasSize(1);
    }
  }
}
