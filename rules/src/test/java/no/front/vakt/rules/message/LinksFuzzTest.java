package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, links are found without an exception, in order, inside the text, and in linear
 * time.
 */
class LinksFuzzTest {

  private static final int ROUNDS = 200_000;
  private static final int LONGEST_TEXT = 1_600;

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

  /**
   * Each text of the longest length made of one repeated piece. All of them together take about 10
   * ms when linear; one quadratic kind alone would take seconds at ten times the length.
   */
  @Test
  void staysLinear() {
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (String first : PIECES) {
            for (String second : PIECES) {
              String pair = first + second;
              Links.in(pair.repeat(10 * LONGEST_TEXT / pair.length()));
              Links.in("https://a" + pair.repeat(LONGEST_TEXT / pair.length()));
            }
          }
        });
  }
}
