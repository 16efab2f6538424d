package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PublicSuffixesTest {

  @Test
  void passesEveryOfficialVector() throws IOException {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (String line : Vectors.lines("psl/tests.txt")) {
      String[] vector = line.strip().split(" ");
      if (vector.length != 2 || line.startsWith("//") || vector[0].equals("null")) {
        continue;
      }
      asked++;
      String expected = vector[1].equals("null") ? "null" : ascii(vector[1]);
      if (!registrable(vector[0]).equals(expected)) {
        wrong.add(line + " but was " + registrable(vector[0]));
      }
    }
    assertThat(asked).isEqualTo(OFFICIAL_VECTORS);
    assertThat(wrong).isEmpty();
  }

  private static final int OFFICIAL_VECTORS = 77;

  /**
   * The vectors' terms: no registrable domain is "null", and so is a name that begins with a dot.
   */
  private static String registrable(String name) {
    if (name.startsWith(".")) {
      return "null";
    }
    String host = ascii(name);
    return PublicSuffixes.isPublicSuffix(host) ? "null" : PublicSuffixes.registrableDomain(host);
  }

  private static String ascii(String name) {
    return HostParser.parse(name.toLowerCase(Locale.ROOT)).orElseThrow().ascii();
  }

  @Test
  void takesTheHostItselfWhereNobodyRegisters() {
    assertThat(PublicSuffixes.registrableDomain("oslo.no")).isEqualTo("oslo.no");
    assertThat(PublicSuffixes.registrableDomain("localhost")).isEqualTo("localhost");
  }

  @Test
  void countsTheCustomersOfOpenHostingApart() {
    assertThat(PublicSuffixes.registrableDomain("www.a.github.io")).isEqualTo("a.github.io");
    assertThat(PublicSuffixes.isPrivateSuffix("github.io")).isTrue();
    assertThat(PublicSuffixes.isPrivateSuffix("a.github.io")).isFalse();
    assertThat(PublicSuffixes.isPrivateSuffix("co.uk")).isFalse();
  }

  @Test
  void knowsTopLevelDomainsInAnyCaseAndScript() {
    assertThat(isTopLevel("no")).isTrue();
    assertThat(isTopLevel("COM")).isTrue();
    assertThat(isTopLevel("рф")).isTrue();
    assertThat(isTopLevel("xn--p1ai")).isTrue();
    assertThat(isTopLevel("ck")).as("only wildcard rules name it").isTrue();
    assertThat(isTopLevel("io")).isTrue();
    assertThat(isTopLevel("pdf")).isFalse();
    assertThat(isTopLevel("example")).isFalse();
    assertThat(isTopLevel("n")).isFalse();
    assertThat(isTopLevel("nå")).isFalse();
  }

  @Test
  void listsNoWordThatIsNoTopLevelDomain() {
    assertThat(ListedNames.in("sentence-words.txt"))
        .hasSizeGreaterThan(400)
        .allMatch(PublicSuffixesTest::isTopLevel);
    assertThat(ListedNames.in("abbreviations.txt"))
        .allMatch(each -> isTopLevel(each.substring(each.lastIndexOf('.') + 1)));
  }

  private static boolean isTopLevel(String label) {
    return PublicSuffixes.isTopLevel(label.toCharArray(), 0, label.length());
  }
}
