package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Hosts are read as the WHATWG URL standard reads them: the vectors of the web platform tests.
 *
 * <p>Only absolute URLs of the special schemes are asked, for a text has no base address. Each
 * divergence stands with its reason in {@code whatwg/divergences.tsv}; one more or one less fails
 * the test.
 */
class WhatwgVectorsTest {

  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(https?|wss?|ftp):([/\\\\]{2}[/\\\\]*)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @Test
  void readsTheHostsOfUrls() throws IOException {
    List<JsonNode> vectors = Vectors.array("whatwg/urltestdata.json");
    vectors.addAll(Vectors.array("whatwg/ada_extra_urltestdata.json"));
    List<String> divergences = new ArrayList<>();
    int asked = 0;
    for (JsonNode vector : vectors) {
      Matcher absolute = ABSOLUTE.matcher(vector.path("input").asText());
      if (!absolute.matches()) {
        continue;
      }
      asked++;
      String expected =
          vector.path("failure").asBoolean()
              ? "refused"
              : withoutFinalDot(vector.path("hostname").asText());
      String actual = whatwgHost(absolute.group(3));
      if (!actual.equals(expected)) {
        divergences.add(printable(vector.path("input").asText()) + "\t" + expected + "\t" + actual);
      }
    }
    assertThat(asked).isEqualTo(ASKED_URLS);
    assertKnown(divergences, "whatwg/divergences.tsv");
  }

  private static final int ASKED_URLS = 385;

  @Test
  void turnsNamesToAscii() throws IOException {
    assertNames("whatwg/toascii.json", ASKED_NAMES);
  }

  private static final int ASKED_NAMES = 87;

  @Test
  void passesTheUnicodeConsortiumsVectors() throws IOException {
    assertNames("whatwg/IdnaTestV2.json", ASKED_UNICODE_NAMES);
  }

  private static final int ASKED_UNICODE_NAMES = 2670;

  private static void assertNames(String resource, int expectedCount) throws IOException {
    List<String> divergences = new ArrayList<>();
    int asked = 0;
    for (JsonNode vector : Vectors.array(resource)) {
      if (vector.path("input").asText().isEmpty()) {
        continue;
      }
      asked++;
      String expected =
          vector.path("output").isNull()
              ? "refused"
              : withoutFinalDot(vector.path("output").asText());
      String actual =
          HostParser.parse(vector.path("input").asText()).map(Host::ascii).orElse("refused");
      if (!actual.equals(expected)) {
        divergences.add(printable(vector.path("input").asText()) + "\t" + expected + "\t" + actual);
      }
    }
    assertThat(asked).isEqualTo(expectedCount);
    assertKnown(divergences, resource.replace(".json", "-divergences.tsv"));
  }

  /** The file's rows are input, expected, actual and the reason; the reason is for the reader. */
  private static void assertKnown(List<String> divergences, String resource) throws IOException {
    List<String> known = new ArrayList<>();
    for (Map.Entry<String, String> row : Vectors.table(resource).entrySet()) {
      String outcome = row.getValue().substring(0, row.getValue().lastIndexOf('\t'));
      known.add(row.getKey() + "\t" + outcome);
    }
    assertThat(divergences).containsExactlyInAnyOrderElementsOf(known);
  }

  /** What the standard alone sees: the first reading, if the standard has one. */
  private static String whatwgHost(String rest) {
    int end = 0;
    while (end < rest.length() && "/\\?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    Authority authority = Authority.of(rest);
    String server = rest.substring(rest.lastIndexOf('@', end - 1) + 1, end);
    int colon = server.indexOf(':', Math.max(0, server.indexOf(']')));
    String host = colon < 0 ? server : server.substring(0, colon);
    boolean isRefused =
        HostParser.parse(host).isEmpty() || authority.port() == Link.UNREADABLE_PORT;
    return isRefused ? "refused" : authority.hosts().get(0).ascii();
  }

  private static String withoutFinalDot(String host) {
    return host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static String printable(String input) {
    StringBuilder out = new StringBuilder();
    for (char c : input.toCharArray()) {
      out.append(c < ' ' || c >= 0x7F ? String.format("\\u%04X", (int) c) : String.valueOf(c));
    }
    return out.toString();
  }
}
