package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LinksTest {

  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");

  /**
   * The catalogue of tricks and innocents: the text, then per link its hosts joined by +, links by
   * space, - for none.
   */
  @TestFactory
  List<DynamicTest> readsTheCatalogue() throws IOException {
    Map<String, String> rows = Vectors.table("links.tsv");
    assertThat(rows).hasSizeGreaterThan(350);
    return rows.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () -> assertThat(hosts(unescaped(row.getKey()))).isEqualTo(row.getValue())))
        .toList();
  }

  private static String hosts(String text) {
    List<Link> links = Links.in(text).all();
    return links.isEmpty()
        ? "-"
        : links.stream()
            .map(
                link ->
                    link.hosts().isEmpty()
                        ? "(no host)"
                        : link.hosts().stream().map(Host::ascii).collect(Collectors.joining("+")))
            .collect(Collectors.joining(" "));
  }

  private static String unescaped(String row) {
    Matcher escape = ESCAPE.matcher(row.replace("\\n", "\n").replace("\\t", "\t"));
    return escape.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  @Test
  void keepsWhatWasWritten() {
    assertThat(asWritten("Se (https://front.no/a(b)), takk"))
        .containsExactly("https://front.no/a(b)");
    assertThat(asWritten("Se ev\u200Bil[.]com/x!")).containsExactly("ev\u200Bil[.]com/x");
    assertThat(asWritten("ｅｖｉｌ．ｃｏｍ／ｘ takk")).containsExactly("ｅｖｉｌ．ｃｏｍ／ｘ");
    assertThat(asWritten("\uD835\uDC1E\uD835\uDC2F\uD835\uDC22\uD835\uDC25.com nå"))
        .containsExactly("\uD835\uDC1E\uD835\uDC2F\uD835\uDC22\uD835\uDC25.com");
    assertThat(asWritten("a.no b.no")).containsExactly("a.no", "b.no");
  }

  private static List<String> asWritten(String text) {
    return Links.in(text).all().stream().map(Link::asWritten).toList();
  }

  @Test
  void readsSchemePortAndPath() {
    Link link = Links.in("Se HXXPS://Front.NO:8443/Min/Side?x=1#y").all().get(0);

    assertThat(link.scheme()).isEqualTo("https");
    assertThat(link.hasScheme()).isTrue();
    assertThat(link.port()).isEqualTo(8443);
    assertThat(link.path()).isEqualTo("/Min/Side");
  }

  @Test
  void countsALinkWithoutSchemeAsHttps() {
    Link link = Links.in("Se front.no/x").all().get(0);

    assertThat(link.scheme()).isEqualTo("https");
    assertThat(link.hasScheme()).isFalse();
    assertThat(link.port()).isEqualTo(Link.DEFAULT_PORT);
  }

  @Test
  void dropsTheSchemesOwnPort() {
    assertThat(port("https://front.no:443/")).isEqualTo(Link.DEFAULT_PORT);
    assertThat(port("http://front.no:80/")).isEqualTo(Link.DEFAULT_PORT);
    assertThat(port("http://front.no:443/")).isEqualTo(443);
    assertThat(port("https://front.no:/")).isEqualTo(Link.DEFAULT_PORT);
    assertThat(port("https://front.no:99999/")).isEqualTo(Link.UNREADABLE_PORT);
    assertThat(port("https://front.no:abc/")).isEqualTo(Link.UNREADABLE_PORT);
  }

  private static int port(String text) {
    return Links.in(text).all().get(0).port();
  }

  @Test
  void listsEveryPathAServerCouldSee() {
    assertThat(paths("https://front.no")).containsExactly("/");
    assertThat(paths("https://front.no/a/../b")).containsExactly("/b");
    assertThat(paths("https://front.no/a/%2e%2E/b")).containsExactly("/b");
    assertThat(paths("https://front.no/a\\..\\b")).containsExactly("/b");
    assertThat(paths("https://front.no/a/%252e%252e/b")).containsExactly("/a/%252e%252e/b", "/b");
    assertThat(paths("https://front.no/a/..;x/b")).containsExactly("/a/..;x/b", "/b");
    assertThat(paths("https://front.no/a%2f..%2fb")).containsExactly("/a%2f..%2fb", "/b");
    assertThat(paths("https://front.no/a/x//../../b")).containsExactly("/a/b", "/b");
    assertThat(paths("https://front.no/bl%C3%A5/")).containsExactly("/blå/");
    assertThat(paths("https://front.no/a/..")).containsExactly("/");
    assertThat(paths("https://front.no/a/...")).containsExactly("/a/");
  }

  private static List<String> paths(String text) {
    return Links.in(text).all().get(0).paths();
  }

  @Test
  void countsEachRegistrableDomainOnce() {
    Links links = Links.in("a.front.no b.front.no https://nav.no\\@x.evil.co.uk/ 192.168.1.1");

    assertThat(links.registrableDomains())
        .containsExactly("front.no", "nav.no", "evil.co.uk", "192.168.1.1");
  }

  @Test
  void countsAnIpv4AddressInIpv6ClothesAsItself() {
    assertThat(Links.in("http://[::ffff:192.168.1.1]/").registrableDomains())
        .containsExactly("192.168.1.1");
    assertThat(Links.in("http://[2001:DB8:0:0:0:0:0:1]/").registrableDomains())
        .containsExactly("[2001:db8::1]");
  }

  @Test
  void isEmptyWithoutLinks() {
    assertThat(Links.in("").isEmpty()).isTrue();
    assertThat(Links.in("Hei!").isEmpty()).isTrue();
    assertThat(Links.in("front.no").isEmpty()).isFalse();
  }
}
