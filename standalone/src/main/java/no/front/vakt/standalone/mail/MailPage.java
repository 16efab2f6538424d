package no.front.vakt.standalone.mail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import no.front.vakt.standalone.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page that shows a {@link Mailbox}, plain HTTP on loopback. Who has the key in the address
 * that is printed at start gets a cookie and sees the mails; everybody else, and every page that
 * reaches here under another name, gets nothing. No script runs here, the page's or a mail's.
 */
public final class MailPage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailPage.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String STYLE = "mailbox.css";
  private static final int BACKLOG = 16;
  private static final int THREADS = 4;
  private static final int WAITING = 32;
  private static final int SECRET_BYTES = 24;

  /** The JDK's server waits for ever for the rest of a request, unless told in this way. */
  private static final String LONGEST_REQUEST = "sun.net.httpserver.maxReqTime";

  private static final Pattern MAIL = Pattern.compile("/mail/([0-9]{1,18})(/html|/source)?");

  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** A mail's own HTML: its styles and nothing from elsewhere, no script, no form, no origin. */
  private static final String MAIL_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'";

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Mailbox mailbox;
  private final MailHtml html;
  private final byte[] style;
  private final String key = secret();
  private final String session = secret();

  private MailPage(HttpServer server, Mailbox mailbox, ZoneId zone) {
    this.server = server;
    this.mailbox = mailbox;
    this.html = new MailHtml(zone);
    this.style = style();
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              var thread = new Thread(task, "mail-page");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens the page.
   *
   * @param zone of the times it shows
   * @throws Refusal when the port cannot be used
   */
  public static MailPage open(int port, Mailbox mailbox, ZoneId zone) {
    if (System.getProperty(LONGEST_REQUEST) == null) {
      System.setProperty(LONGEST_REQUEST, "10");
    }
    HttpServer server;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), BACKLOG);
    } catch (IOException e) {
      throw new Refusal(
          "Port %d on %s cannot be used (%s): stop what listens there, or choose another with --set mail.pagePort=PORT."
              .formatted(port, LOOPBACK, e.getMessage()),
          e);
    }
    var page = new MailPage(server, mailbox, zone);
    server.setExecutor(page.threads);
    server.createContext("/", page::answer);
    server.start();
    return page;
  }

  /** The address with its key, for the person at the terminal alone. */
  public URI address() {
    return URI.create("http://%s:%d/?key=%s".formatted(LOOPBACK, port(), key));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      send(exchange, answerTo(exchange));
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("A reader of the mailbox went away.");
    } catch (RuntimeException e) {
      LOG.warn("The page of the mailbox could not be shown.", e);
    }
  }

  private Answer answerTo(HttpExchange exchange) {
    if (!isAskedByItsName(exchange)) {
      return notice(421, "This is the mailbox of Vakt, and only under its own address.");
    }
    if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      return notice(405, "The mailbox is only for reading.");
    }
    var path = exchange.getRequestURI().getPath();
    var query = exchange.getRequestURI().getQuery();
    if (path.equals("/") && query != null && isSame(query, "key=" + key)) {
      return Answer.welcome(
          "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(cookieName(), session));
    }
    if (path.equals("/" + STYLE)) {
      return new Answer(200, "text/css; charset=utf-8", PAGE_POLICY, style, Optional.empty());
    }
    if (!hasCookie(exchange)) {
      return notice(
          403,
          "Open the mailbox with the address that Vakt printed on the terminal when it came up.");
    }
    if (path.equals("/")) {
      return Answer.page(200, html.list(mailbox.newestFirst()));
    }
    return mailPart(path);
  }

  private Answer mailPart(String path) {
    var matcher = MAIL.matcher(path);
    if (!matcher.matches()) {
      return notice(404, "There is no such page.");
    }
    var found = mailbox.find(Long.parseLong(matcher.group(1)));
    if (found.isEmpty()) {
      return notice(404, "That mail is gone: the mailbox keeps the newest ones in memory only.");
    }
    var mail = found.get();
    var part = matcher.group(2);
    if (part == null) {
      return Answer.page(200, html.mail(mail));
    }
    if (part.equals("/source")) {
      return new Answer(
          200, "text/plain; charset=utf-8", PAGE_POLICY, mail.source(), Optional.empty());
    }
    return new Answer(
        200,
        "text/html; charset=utf-8",
        MAIL_POLICY,
        ReadMail.of(mail).html().orElse("").getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  /** Another name that leads to this address is a stranger's page that wants to read along. */
  private boolean isAskedByItsName(HttpExchange exchange) {
    var hosts = exchange.getRequestHeaders().get("Host");
    return hosts != null
        && hosts.size() == 1
        && Set.of(LOOPBACK + ":" + port(), "localhost:" + port()).contains(hosts.get(0));
  }

  private boolean hasCookie(HttpExchange exchange) {
    var wanted = cookieName() + "=" + session;
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .flatMap(cookies -> Pattern.compile(";").splitAsStream(cookies))
        .anyMatch(cookie -> isSame(cookie.strip(), wanted));
  }

  /** Cookies know no ports, so the name does. */
  private String cookieName() {
    return "vakt-mailbox-" + port();
  }

  private Answer notice(int status, String sentence) {
    return Answer.page(status, html.notice(sentence));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", answer.policy());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    answer
        .cookie()
        .ifPresent(
            cookie -> {
              headers.set("Set-Cookie", cookie);
              headers.set("Location", "/");
            });
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD") && answer.body().length > 0;
    exchange.sendResponseHeaders(answer.status(), hasBody ? answer.body().length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static boolean isSame(String given, String wanted) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] style() {
    try (var in = MailPage.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException(STYLE + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Answer(
      int status, String type, String policy, byte[] body, Optional<String> cookie) {
    static Answer page(int status, String html) {
      return new Answer(
          status,
          "text/html; charset=utf-8",
          PAGE_POLICY,
          html.getBytes(StandardCharsets.UTF_8),
          Optional.empty());
    }

    static Answer welcome(String cookie) {
      return new Answer(
          303, "text/html; charset=utf-8", PAGE_POLICY, new byte[0], Optional.of(cookie));
    }
  }
}
