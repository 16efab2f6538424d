package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
  @Test
  void countsGsmSegmentsAtTheEdges() {
    assertThat(MessageText.segments("")).isEqualTo(1);
    assertThat(MessageText.segments("a".repeat(160))).isEqualTo(1);
    assertThat(MessageText.segments("a".repeat(161))).isEqualTo(2);
    assertThat(MessageText.segments("a".repeat(306))).isEqualTo(2);
    assertThat(MessageText.segments("a".repeat(307))).isEqualTo(3);
    assertThat(MessageText.segments("a".repeat(612))).isEqualTo(4);
  }

  @Test
  void countsEscapedCharactersTwice() {
    assertThat(MessageText.segments("€".repeat(80))).isEqualTo(1);
    assertThat(MessageText.segments("€".repeat(81))).isEqualTo(2);
  }

  @Test
  void neverSplitsAnEscapedCharacterBetweenParts() {
    String fits = "a".repeat(153) + "b".repeat(153);
    String pushed = "a".repeat(152) + "€" + "b".repeat(152);
    assertThat(MessageText.segments(fits)).isEqualTo(2);
    assertThat(MessageText.segments(pushed)).isEqualTo(3);
  }

  @Test
  void countsUcs2SegmentsAtTheEdges() {
    assertThat(MessageText.segments("ж".repeat(70))).isEqualTo(1);
    assertThat(MessageText.segments("ж".repeat(71))).isEqualTo(2);
    assertThat(MessageText.segments("ж".repeat(134))).isEqualTo(2);
    assertThat(MessageText.segments("ж".repeat(135))).isEqualTo(3);
  }

  @Test
  void neverSplitsASurrogatePairBetweenParts() {
    assertThat(MessageText.segments("😀".repeat(35))).isEqualTo(1);
    assertThat(MessageText.segments("😀".repeat(66))).isEqualTo(2);
    assertThat(MessageText.segments("😀".repeat(67))).isEqualTo(3);
  }

  @Test
  void knowsNorwegianLettersAsGsm() {
    assertThat(MessageText.isGsm7("Æ Ø Å æ ø å é € [x]\n")).isTrue();
    assertThat(MessageText.isGsm7("ç")).isFalse();
    assertThat(MessageText.isGsm7("Ç")).isTrue();
  }

  @Test
  void normalisesOnceAndForAll() {
    String written = "A\u030Angst\r\nto\rtre\tfire\u0000\uD800!";
    String normal = MessageText.normalised(written);
    assertThat(normal).isEqualTo("Ångst\nto\ntre fire\uFFFD!");
    assertThat(MessageText.normalised(normal)).isEqualTo(normal);
    assertThat(MessageText.normalised("blåbær")).isEqualTo("blåbær");
  }
}
