package no.front.vakt.alerting.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Properties;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.alerting.recipient.MailAddress;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.MessageSample;
import no.front.vakt.contract.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/login",
        "www.evil.example",
        "evil。example",
        "evil．example",
        "mailto:drift@evil.example",
        "javascript:alert(1)",
        "//evil.example"
      })
  void leavesNothingThatAMailProgramMakesALinkOf(String text) {
    assertThat(Cleaned.word(text))
        .doesNotContainPattern("(?<!\\[)[.\u3002\uFF0E](?!\\])")
        .doesNotContainPattern(":(?!\\])")
        .doesNotContainPattern("@(?!\\])");
    assertThat(Cleaned.sentence(text)).doesNotContain("://").doesNotContainPattern("[a-z]\\.[a-z]");
  }

  @Test
  void dropsWhatTurnsTextAroundOrHidesInIt() {
    assertThat(Cleaned.word("a\u202Eb\u2066c\u200Bd\u00ADe\uFEFFf\uE000g\uD800h"))
        .isEqualTo("abcdefgh");
    assertThat(Cleaned.word("a\r\nBcc: x\t\u2028y\u0000z")).isEqualTo("a Bcc: x y z");
  }

  @Test
  void keepsOrdinaryNamesAndSentencesAsTheyAre() {
    assertThat(Cleaned.word("Ås & Ærlig Idrettslag <3")).isEqualTo("Ås & Ærlig Idrettslag <3");
    assertThat(Cleaned.sentence("201 meldinger kl. 12.30; 1.5 ganger det vanlige. Stanset."))
        .isEqualTo("201 meldinger kl. 12.30; 1.5 ganger det vanlige. Stanset.");
    assertThat(Cleaned.sentence("Lenken klubben[.]example er ny."))
        .isEqualTo("Lenken klubben[.]example er ny.");
  }

  @Test
  void cutsBetweenCharactersAndNotThroughOne() {
    assertThat(Cleaned.word("😀".repeat(70))).isEqualTo("😀".repeat(63) + "…");
    assertThat(Cleaned.word("a".repeat(64))).hasSize(64).doesNotContain("…");
  }

  @Test
  void letsNoNameWriteAHeaderOrATag() throws Exception {
    String evil = "Klubben\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>%0d%0aX: y\"'";
    Alert plain = SampleNews.alert(AlertType.FIRST, AlertAudience.CUSTOMER);
    Alert alert =
        new Alert(
            plain.alertId(),
            evil,
            AlertAudience.CUSTOMER,
            AlertType.FIRST,
            plain.raisedAt(),
            plain.since(),
            plain.until(),
            1,
            0,
            1,
            evil,
            List.of(SampleNews.finding(evil, 1, evil, Action.BLOCK, evil, evil)),
            List.of(new MessageSample(evil, evil, evil, SampleNews.NOON, Outcome.BLOCK)),
            List.of(),
            List.of(evil),
            1);
    for (boolean isStaff : new boolean[] {false, true}) {
      News news = new News(alert, evil, List.of(), null);
      Letter letter =
          MailText.write(news, SampleNews.reader(isStaff, Language.NB), SampleNews.TEXT);
      String html = LetterHtml.of(letter);
      assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
      assertThat(LetterText.of(letter)).doesNotContain("\nBcc").doesNotContain("\r");

      MimeMessage read = sentAndRead(letter, news, isStaff);
      assertThat(read.getHeader("Bcc")).isNull();
      assertThat(read.getHeader("X")).isNull();
      assertThat(read.getAllRecipients()).hasSize(1);
      assertThat(read.getSubject()).doesNotContain("\n").doesNotContain("\r").hasSizeLessThan(140);
    }
  }

  private static MimeMessage sentAndRead(Letter letter, News news, boolean isStaff)
      throws Exception {
    Session session = Session.getInstance(new Properties());
    SmtpSettings settings =
        new SmtpSettings(
            "localhost",
            465,
            false,
            null,
            null,
            null,
            1,
            1,
            1,
            "vakt@front.example",
            "Vakt",
            "vakt@front.example");
    Mail mail =
        new Mail(
            new Mail.Key("a", "h"),
            "klubben",
            news,
            SampleNews.reader(isStaff, Language.NB),
            new Mail.Place(0, 0, 0));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MimeMail.of(session, mail, letter, settings, SampleNews.NOON).writeTo(bytes);
    return new MimeMessage(session, new ByteArrayInputStream(bytes.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.example\r\nRCPT TO:<x@y.example>",
        "a@b.example, c@d.example",
        "\"a b\"@b.example",
        "<a@b.example>",
        "group:a@b.example;",
        "a@[192.0.2.1]",
        "a",
        "@b.example",
        "a@",
        "a@b.example\n"
      })
  void takesNothingButOnePlainAddressForOne(String text) {
    assertThat(MailAddress.isOne(text)).isFalse();
  }
}
