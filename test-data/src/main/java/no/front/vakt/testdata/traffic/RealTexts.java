package no.front.vakt.testdata.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import no.front.vakt.contract.WireJson;

/**
 * Real SMS texts that may be shipped: the SMS Spam Collection of Almeida and Hidalgo (CC BY 4.0,
 * see {@code texts/NOTICE.txt}). Old, English and between people: real texts, not a picture of what
 * businesses send.
 */
public final class RealTexts {
  private static final String RESOURCE = "/texts/uci_sms_spam.jsonl";

  private RealTexts() {}

  /**
   * A text and what its collectors called it.
   *
   * @param id our id of it
   * @param label {@code ham} or {@code spam}
   * @param text the text
   */
  public record Labelled(String id, String label, String text) {
    /** Whether its collectors called it spam. */
    public boolean isSpam() {
      return label.equals("spam");
    }
  }

  /** All of them, in the order of the collection. */
  public static List<Labelled> all() {
    try (InputStream in = RealTexts.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The texts are missing from the build");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .map(line -> WireJson.read(line, Labelled.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
