package no.front.vakt.detection.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SentencesTest {
  /** What mail programs make links of. */
  private static final Pattern CLICKABLE = Pattern.compile("\\w\\.\\w|:/|\\w@\\w");

  static List<Finding> whatCallersCanPutIntoEvidence() {
    return List.of(
        finding("volume-limit", Map.of("per", "sender", "value", "evil.example")),
        finding("volume-limit", Map.of("per", "sender", "value", "http://1234")),
        finding("volume-limit", Map.of("per", "sender", "value", "a@evil.no")),
        finding("volume-limit", Map.of("per", "urlDomain", "value", "evil.example")),
        finding("url-whitelist", Map.of("hosts", List.of("evil.example", "b。example"))),
        finding("country-policy", Map.of("country", "ZZ", "number", "evil.example")),
        finding("frozen", Map.of("reason", "see https://evil.example/a\r\nBcc: a@b.example")),
        finding("of-tomorrow", Map.of("value", "evil.example")));
  }

  private static Finding finding(String kind, Map<String, Object> evidence) {
    return new Finding("rule", 1, kind, Action.HOLD, false, 1L, 0L, 60, evidence, null);
  }

  @ParameterizedTest
  @MethodSource("whatCallersCanPutIntoEvidence")
  void nothingACallerWroteCanBeClicked(Finding finding) {
    Finding told = Sentences.told(finding);

    assertThat(told.evidence()).isEmpty();
    assertThat(told.text().en()).doesNotContainPattern(CLICKABLE).doesNotContain("\r", "\n");
    assertThat(told.text().nb()).doesNotContainPattern(CLICKABLE).doesNotContain("\r", "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example,evil[.]example",
    "evil[.]example,evil[.]example",
    "http://1234,http[:]//1234",
    "a@b.example,a[@]b[.]example",
    "b。example,b[.]example",
    "The end. Next,The end. Next",
    "Klubben,Klubben"
  })
  void onlyWhatCouldBeClickedIsTakenApart(String text, String expected) {
    assertThat(Sentences.unclickable(text)).isEqualTo(expected);
  }

  @Test
  void directionMarksAndLineEndsAreGone() {
    assertThat(Sentences.unclickable("a\u202Eb\u2028c\td")).isEqualTo("a b c d");
  }
}
