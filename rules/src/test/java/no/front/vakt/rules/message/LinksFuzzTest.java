package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, links are found without an exception, in order, inside the text, and in linear
 * time.
 */
class LinksFuzzTest {

  private static final int ROUNDS = 100_000;

  private static final String[] PIECES = {
    ".",
    "..",
    ":",
    "/",
    "//",
    "://",
    "\\",
    "@",
    "#",
    "?",
    "%",
    "%2e",
    "%252f",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "-",
    "_",
    " ",
    "\n",
    "\t",
    "\u0000",
    "\u200B",
    "\u00AD",
    "\u202E",
    "\uD83D\uDE00",
    "\uD83D",
    "\uDE00",
    "\uFFFF",
    "\u3002",
    "\uFF0E",
    "\uFF0F",
    "\u2100",
    "\u0130",
    "\u00DF",
    "\u0301",
    "\u4E2D",
    "a",
    "b",
    "no",
    "com",
    "vi",
    "Vi",
    "www",
    "http",
    "https:",
    "hxxp://",
    "javascript:",
    "data:",
    "xn--",
    "xn--a",
    "1",
    "255",
    "0x7f",
    "127.0.0.1",
    "[::1]",
    "[.]",
    "(dot)",
    " dot ",
    "front.no",
    "ola@front.no",
    "blåbær.no",
    "'",
    "\"",
    "»",
    "…",
    ",",
    ";",
    "!",
    "|",
    "<",
    "&"
  };

  @Test
  void neverThrowsAndStaysInsideTheText() {
    Random random = new Random(20_261_123);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder();
      int pieces = random.nextInt(24);
      for (int i = 0; i < pieces; i++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertSound(text.toString());
    }
  }

  @Test
  void neverThrowsOnAMutatedCatalogue() throws IOException {
    List<String> texts = new ArrayList<>(Vectors.table("links.tsv").keySet());
    Random random = new Random(47);
    for (int round = 0; round < ROUNDS / 4; round++) {
      StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(text.length() + 1);
        switch (random.nextInt(4)) {
          case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
          case 1 -> text.insert(at, (char) random.nextInt(0x10000));
          case 2 -> text.insert(at, texts.get(random.nextInt(texts.size())));
          default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
        }
      }
      assertSound(text.toString());
    }
  }

  private static void assertSound(String text) {
    int from = 0;
    for (Link link : Links.in(text).all()) {
      int at = text.indexOf(link.asWritten(), from);
      assertThat(at).as(text).isGreaterThanOrEqualTo(from);
      assertThat(link.asWritten()).as(text).isNotEmpty();
      assertThat(link.paths()).as(text).isNotEmpty().allMatch(path -> path.startsWith("/"));
      from = at + link.asWritten().length();
    }
  }

  private static final String[] URL_PIECES = {
    "front.no",
    "evil.com",
    "@",
    "\\",
    "/",
    "#",
    "?",
    ":",
    "80",
    "%2e",
    "%40",
    "%2f",
    "%5c",
    "%23",
    ".",
    ";",
    ",",
    "&",
    "=",
    "x",
    "[::1]",
    "127.0.0.1",
    "%00",
    "%25",
    "_",
    "-",
    "(",
    ")",
    "'",
    "!",
    "*",
    "+",
    "$",
    "~"
  };

  private static final Pattern REAL_HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(no|com)");

  /**
   * RFC 2396, as the JDK reads it, differs from browsers; what it sees must be among the readings.
   */
  @Test
  void seesEveryHostTheJdkSees() {
    Random random = new Random(7);
    int compared = 0;
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder url = new StringBuilder("https://");
      for (int i = random.nextInt(7); i >= 0; i--) {
        url.append(URL_PIECES[random.nextInt(URL_PIECES.length)]);
      }
      String host = jdkHost(url.toString());
      if (REAL_HOST.matcher(host).matches()) {
        compared++;
        assertThat(Links.in("Se " + url + " nå").all())
            .as(url.toString())
            .flatExtracting(Link::hosts)
            .extracting(Host::ascii)
            .contains(host);
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  private static String jdkHost(String url) {
    try {
      String host = new URI(url).getHost();
      return host == null ? "" : host;
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static final String[] STRUCTURE = {
    ".",
    ":",
    "/",
    "://",
    "\\",
    "@",
    "#",
    "?",
    "%25",
    "[",
    "(",
    ")",
    "[.]",
    " ",
    " . ",
    " dot ",
    "a",
    "Vi",
    "http",
    "1.",
    "æ",
    "-",
    "\u2192",
    "www.",
    "№",
    "dot",
    "]",
    "1/a",
    "\u200B",
    ",",
    "\uD83D\uDE00"
  };

  /**
   * Ten times the longest text: linear takes about a millisecond there, quadratic some hundreds.
   */
  private static final int LONG = 16_000;

  private static final long MOST_NANOS = 100_000_000;

  @Test
  void staysLinear() {
    for (String first : STRUCTURE) {
      for (String second : STRUCTURE) {
        String pair = first + second;
        assertLinear(pair.repeat(LONG / pair.length()));
        assertLinear("https://a.no/" + pair.repeat(LONG / pair.length()));
        assertLinear("https://a" + pair.repeat(LONG / pair.length()));
      }
    }
  }

  /**
   * Measured in the thread's own processor time, best of three, so that a busy machine fails
   * nothing.
   */
  private static void assertLinear(String text) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3 && best > MOST_NANOS; i++) {
      long before = CLOCK.getCurrentThreadCpuTime();
      Links.in(text);
      best = Math.min(best, CLOCK.getCurrentThreadCpuTime() - before);
    }
    assertThat(best).as(text.substring(0, 20)).isLessThan(MOST_NANOS);
  }

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
}
