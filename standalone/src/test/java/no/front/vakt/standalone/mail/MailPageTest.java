package no.front.vakt.standalone.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

class MailPageTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String PASSWORD = "fictional-password";
  private static final String SCRIPT = "<script>alert('æ')</script>";

  @TempDir Path home;
  private final Mailbox mailbox = new Mailbox();
  private MailPage page;

  /** A browser that was given the address, and one that was not. */
  private final HttpClient reader = browser();

  private final HttpClient stranger = browser();

  @BeforeEach
  void open() throws Exception {
    page = MailPage.open(0, mailbox, ZoneOffset.UTC);
    get(reader, page.address());
  }

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void showsAMailThatCameInOverSmtps() throws Exception {
    var certificates = Certificates.prepare(home.resolve("keys"), Clock.systemUTC());
    int port = FreePorts.next();
    var noon = Clock.fixed(NOON, ZoneOffset.UTC);
    try (var sink = MailSink.start(port, certificates.mailbox(), "vakt", PASSWORD, noon);
        var itsPage = MailPage.open(0, sink.mailbox(), ZoneOffset.UTC)) {
      new TestMailer(port, certificates.insideAuthority(), "vakt", PASSWORD)
          .send("ops@front.example", "Stanset: 3 meldinger på én time", "Hei", "<p>Hei</p>");
      var list = get(reader, itsPage.address());
      assertThat(list.body())
          .contains(
              "1 mail, newest first",
              "Mon 2 Mar 12:00:00",
              "ops@front.example",
              "<a href=\"/mail/1\">Stanset: 3 meldinger på én time</a>");
      var mail = get(reader, itsPage.address().resolve("/mail/1"));
      assertThat(mail.body())
          .contains(
              "<dt>From</dt><dd>vakt@front.example</dd>",
              "<pre>Hei</pre>",
              "<iframe sandbox title=\"HTML part\" src=\"/mail/1/html\">");
      assertThat(get(reader, itsPage.address().resolve("/mail/1/html")).body())
          .isEqualTo("<p>Hei</p>");
      assertThat(get(reader, itsPage.address().resolve("/mail/1/source")).body())
          .contains("Auto-Submitted: auto-generated");
    }
  }

  @Test
  void theKeyBecomesACookieThatNoOtherPageCanUseAndLeavesTheAddress() throws Exception {
    var plain = HttpClient.newHttpClient();
    var answer = get(plain, page.address());
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain(page.address().getQuery().substring("key=".length()));
  }

  @Test
  void showsNothingWithoutTheKey() throws Exception {
    arrive("Secret subject", "text", "<p>html</p>");
    for (var path :
        List.of("/", "/?key=guess", "/?key=", "/mail/1", "/mail/1/html", "/mail/1/source")) {
      var answer = get(stranger, page.address().resolve(path));
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).doesNotContain("Secret", "html</p>");
    }
    assertThat(get(stranger, page.address().resolve("/mailbox.css")).statusCode()).isEqualTo(200);
  }

  @Test
  void showsNothingUnderAnotherName() throws Exception {
    arrive("Secret subject", "text", "<p>html</p>");
    var address = page.address();
    try (var socket = new Socket("127.0.0.1", address.getPort())) {
      var request =
          "GET %s?%s HTTP/1.1\r\nHost: rebound.example:%d\r\nConnection: close\r\n\r\n"
              .formatted(address.getPath(), address.getQuery(), address.getPort());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("Set-Cookie", "Secret");
    }
  }

  @Test
  void nothingOfAMailComesOutUnescaped() throws Exception {
    arrive(SCRIPT, SCRIPT + "\n%s \"quoted\" & more", "<p>html</p>");
    for (var path : List.of("/", "/mail/1")) {
      assertThat(get(reader, page.address().resolve(path)).body())
          .contains("&lt;script&gt;alert(&#39;æ&#39;)&lt;/script&gt;")
          .doesNotContainIgnoringCase("<script");
    }
    assertThat(get(reader, page.address().resolve("/mail/1")).body())
        .contains("%s &quot;quoted&quot; &amp; more");
  }

  @Test
  void aMailsOwnHtmlRunsNothingAndFetchesNothing() throws Exception {
    arrive("s", "t", SCRIPT + "<img src=\"https://tracker.example/x.png\">");
    var answer = get(reader, page.address().resolve("/mail/1/html"));
    assertThat(answer.body()).contains(SCRIPT);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox; default-src 'none';")
        .contains("img-src data:;")
        .doesNotContain("script-src", "allow-");
  }

  @Test
  void everyAnswerIsStrictAndStaysOutOfCaches() throws Exception {
    for (var path : List.of("/", "/mailbox.css", "/mail/9", "/nowhere")) {
      var headers = get(reader, page.address().resolve(path)).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; style-src 'self';")
          .contains("frame-ancestors 'none'");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void theSourceIsShownAsTextAlone() throws Exception {
    arrive("s", "t", SCRIPT);
    assertThat(get(reader, page.address().resolve("/mail/1/source")).headers().map())
        .containsEntry("content-type", List.of("text/plain; charset=utf-8"));
  }

  @Test
  void theNewestMailStandsFirstAndTheListLooksAgain() throws Exception {
    arrive("older", "t", "h");
    arrive("newer", "t", "h");
    assertThat(get(reader, page.address().resolve("/")).body())
        .containsSubsequence("http-equiv=\"refresh\"", "newer", "older");
  }

  @Test
  void aMailThatIsGoneSaysSo() throws Exception {
    arrive("first", "t", "h");
    for (int i = 0; i < Mailbox.MOST_MAILS; i++) {
      arrive("later", "t", "h");
    }
    var answer = get(reader, page.address().resolve("/mail/1"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("That mail is gone");
    assertThat(get(reader, page.address().resolve("/")).body())
        .contains("500 mails, newest first")
        .doesNotContain(">first<");
  }

  @Test
  void isOnlyForReading() throws Exception {
    var post =
        HttpRequest.newBuilder(page.address().resolve("/"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(reader.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void aBrokenMailIsShownAsFarAsItGoes() throws Exception {
    mailbox.keep(
        NOON,
        List.of("ops@front.example"),
        "Subject: =?nonsense?Q?x?=\r\nContent-Type: text/plain; charset=nobody-knows\r\n\r\nStill here"
            .getBytes(StandardCharsets.US_ASCII));
    mailbox.keep(NOON, List.of(), new byte[] {0, 1, 2});
    assertThat(get(reader, page.address().resolve("/mail/1")).body()).contains("Still here");
    assertThat(get(reader, page.address().resolve("/mail/2")).body()).contains("(no subject)");
    assertThat(get(reader, page.address().resolve("/")).statusCode()).isEqualTo(200);
  }

  @Test
  void saysHowToChooseAnotherPort() throws Exception {
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> MailPage.open(taken.getLocalPort(), mailbox, ZoneOffset.UTC).close())
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("--set mail.pagePort=PORT");
    }
  }

  private void arrive(String subject, String text, String html) {
    var encoded =
        "=?UTF-8?B?%s?="
            .formatted(
                java.util.Base64.getEncoder()
                    .encodeToString(subject.getBytes(StandardCharsets.UTF_8)));
    var source =
        """
        From: vakt@front.example
        Subject: %s
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=x

        --x
        Content-Type: text/plain; charset=utf-8

        %s
        --x
        Content-Type: text/html; charset=utf-8

        %s
        --x--
        """
            .formatted(encoded, text, html);
    mailbox.keep(NOON, List.of("ops@front.example"), source.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder()
        .cookieHandler(new CookieManager())
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  private static HttpResponse<String> get(HttpClient browser, URI address) throws Exception {
    return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
