package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkPatternTest {

  @ParameterizedTest
  @CsvSource({
    "front.no, front.no, true",
    "front.no, https://front.no/any/path?x#y, true",
    "front.no, http://FRONT.NO:8080/, true",
    "front.no, ftp://front.no, true",
    "front.no, https://front.no./, true",
    "front.no, https://bruker@front.no/, true",
    "front.no, www.front.no, false",
    "front.no, front.no.evil.com, false",
    "front.no, evilfront.no, false",
    "front.no, https://front.no@evil.com, false",
    "front.no, https://front.no\\@evil.com/, false",
    "front.no, https://evil.com\\@front.no/, false",
    "front.no, https://evil.com#@front.no, false",
    "front.no, https://front.no%2eevil.com, false",
    "front.no, javascript:alert(1), false",
    "FRONT.NO., https://front.no/, true",
    "' front.no ', https://front.no/, true",
    "blåbær.no, xn--blbr-roah.no, true",
    "xn--blbr-roah.no, BLÅBÆR.NO, true",
    "192.168.1.1, http://3232235777/, true",
    "192.168.1.1, http://192.168.1.2/, false",
    "10.0.0.1, http://010.0.0.1/, false",
    "[::1], 'http://[0:0:0:0:0:0:0:1]/', true",
    "bit.ly, bit . ly/x, true",
  })
  void allowsAHostAndNoOther(String entry, String text, boolean isAllowed) {
    assertAllows(entry, text, isAllowed);
  }

  @ParameterizedTest
  @CsvSource({
    "*.nav.no, nav.no, true",
    "*.nav.no, www.nav.no, true",
    "*.nav.no, http://a.b.c.nav.no:8080/x, true",
    "*.nav.no, evilnav.no, false",
    "*.nav.no, nav.no.evil.com, false",
    "*.NAV.no, www.nav.no, true",
    "*.blåbær.no, min.xn--blbr-roah.no, true",
  })
  void allowsADomainAndAllBelowIt(String entry, String text, boolean isAllowed) {
    assertAllows(entry, text, isAllowed);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.no/path, https://example.no/path, true",
    "https://example.no/path, https://example.no/path/, true",
    "https://example.no/path, https://example.no/path/x, true",
    "https://example.no/path, https://example.no/path?x=1, true",
    "https://example.no/path, https://example.no/path#x, true",
    "https://example.no/path, https://example.no/pathology, false",
    "https://example.no/path, https://example.no/path.html, false",
    "https://example.no/path, https://example.no/path;x, false",
    "https://example.no/path, https://example.no/Path, false",
    "https://example.no/path, https://example.no/, false",
    "https://example.no/path/, https://example.no/path/x, true",
    "https://example.no/path/, https://example.no/path/, true",
    "https://example.no/path/, https://example.no/path, true",
    "https://example.no/path/, https://example.no/path?x, true",
    "https://example.no/path/, https://example.no/pathology, false",
    "https://example.no/path/, example.no/path/x, true",
    "https://example.no/path/, http://example.no/path/x, false",
    "https://example.no/path/, https://www.example.no/path/x, false",
    "https://example.no/path/, https://example.no:443/path/x, true",
    "https://example.no/path/, https://example.no:8443/path/x, false",
    "https://example.no/path/, https://example.no:x/path/x, false",
    "https://example.no:8443/path/, https://example.no:8443/path/x, true",
    "https://example.no:8443/path/, https://example.no/path/x, false",
    "https://example.no:443/path/, https://example.no/path/x, true",
    "http://example.no/path/, example.no/path/x, false",
    "https://example.no, https://example.no/any, true",
    "https://example.no/, https://example.no, true",
    "https://example.no/, https://example.no?x, true",
    "https://example.no/path/, https://example.no/path/../evil, false",
    "https://example.no/path/, https://example.no/path/x/../y, true",
    "https://example.no/path/, https://example.no/path/./y, true",
    "https://example.no/path/, https://example.no/x/../path/y, true",
    "https://example.no/path/, https://example.no/path/%2e%2e/evil, false",
    "https://example.no/path/, https://example.no/path/%252e%252e/evil, false",
    "https://example.no/path/, https://example.no/path%2f..%2fevil, false",
    "https://example.no/path/, https://example.no/path/..%5cevil, false",
    "https://example.no/path/, https://example.no/path/..;/evil, false",
    "https://example.no/path/, https://example.no/path\\..\\evil, false",
    "https://example.no/path/, https://example.no/path/x//../../../evil, false",
    "https://example.no/path/, https://example.no/path/.., false",
    "https://example.no/path/, https://example.no/p%61th/x, true",
    "https://example.no/bl%C3%A5/, https://example.no/blå/x, true",
    "https://example.no/blå/, https://example.no/bl%C3%A5/x, true",
    "https://example.no/path/, https://evil.com/example.no/path/, false",
    "https://example.no/path/, https://example.no\\@evil.com/path/, false",
    "HTTPS://EXAMPLE.NO/path/, https://example.no/path/x, true",
  })
  void allowsASchemeHostAndPathPrefix(String entry, String text, boolean isAllowed) {
    assertAllows(entry, text, isAllowed);
  }

  private static void assertAllows(String entry, String text, boolean isAllowed) {
    assertThat(LinkPattern.parse(entry).allows(onlyLink(text))).isEqualTo(isAllowed);
  }

  private static Link onlyLink(String text) {
    List<Link> links = Links.in(text).all();
    assertThat(links).hasSize(1);
    return links.get(0);
  }

  @Test
  void allowsBetweenThemWhatEachReadingNeeds() {
    List<LinkPattern> entries =
        List.of(LinkPattern.parse("front.no"), LinkPattern.parse("*.nav.no"));

    assertThat(LinkPattern.anyAllows(entries, onlyLink("https://front.no\\@www.nav.no/"))).isTrue();
    assertThat(LinkPattern.anyAllows(entries, onlyLink("https://front.no\\@evil.com/"))).isFalse();
    assertThat(LinkPattern.anyAllows(entries, onlyLink("javascript:alert(1)"))).isFalse();
    assertThat(LinkPattern.anyAllows(List.of(), onlyLink("front.no"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*.",
        "front.no/path",
        "front.no:8080",
        "*.front.no/path",
        "https://*.front.no/",
        "https://",
        "https:///x",
        "://front.no",
        "1x://front.no",
        "https://a@front.no/",
        "front no",
        "https://front.no/x?y",
        "https://front.no/#x",
        "https://front.no:x/",
        "https://front.no:70000/",
        "front..no",
        ".no",
        "*.*.no",
        "front.*",
        "[::g]",
        "*.10.0.0.1",
        "a,b.no",
        "256.1.1.1",
        "ola@front.no",
        "https://front.no\\x"
      })
  void refusesToParseWhatIsMalformed(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinkPattern.parse(entry))
        .withMessageMatching("The whitelist entry \"[^\n]*\" [^\n]+\\.");
    assertThat(LinkPattern.refusal(entry)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "*.no",
        "co.uk",
        "*.co.uk",
        "https://co.uk/x",
        "oslo.no",
        "com",
        "*.com",
        "рф",
        "foo.ck",
        "blogspot.com",
        "*.github.io",
        "https://github.io/x",
        "vercel.app",
        "sites.google.com",
        "https://docs.google.com/forms/",
        "t.me",
        "bit.ly",
        "*.bit.ly",
        "www.bit.ly",
        "https://bit.ly/x",
        "tinyurl.com",
        "BIT.LY.",
        "localhost"
      })
  void refusesWhatAnybodyCouldUse(String entry) {
    assertThat(LinkPattern.refusal(entry))
        .hasValueSatisfying(reason -> assertThat(reason).endsWith("."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "front.no",
        "*.nav.no",
        "https://example.no/path/",
        "kari.github.io",
        "*.kari.github.io",
        "kommune.oslo.no",
        "192.168.1.1",
        "[::1]",
        "https://front.no:8443/",
        "blåbær.no",
        "shop.example"
      })
  void letsADomainOfOnesOwnStand(String entry) {
    assertThat(LinkPattern.refusal(entry)).isEmpty();
  }

  @Test
  void neverAllowsAPortThatIsNone() {
    LinkPattern entry = LinkPattern.parse("front.no");
    Link link = Links.in("https://front.no:443.evil.com").all().get(0);

    assertThat(entry.allows(link)).isFalse();
    assertThat(LinkPattern.anyAllows(List.of(entry), link)).isFalse();
  }
}
