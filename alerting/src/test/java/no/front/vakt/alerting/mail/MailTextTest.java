package no.front.vakt.alerting.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import no.front.vakt.alerting.recipient.Language;
import no.front.vakt.alerting.recipient.Recipient;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every mail in both languages against a committed file that a person can read. After a change that
 * is meant: {@code -Dvakt.mails.write=true} writes the files anew; read the difference. The HTML of
 * each is left in {@code target/mails} to be looked at.
 */
class MailTextTest {
  private static final Path COMMITTED = Path.of("src/test/resources/mails");
  private static final Path TO_LOOK_AT = Path.of("target/mails");

  private record Case(String name, News news, Recipient reader) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Language language : Language.values()) {
      for (AlertType type : AlertType.values()) {
        for (AlertAudience audience : AlertAudience.values()) {
          Alert alert = SampleNews.alert(type, audience);
          if (alert.audience() == audience) {
            boolean isStaff = audience == AlertAudience.STAFF;
            cases.add(
                new Case(
                    name(type)
                        + "."
                        + audience.name().toLowerCase(language.locale())
                        + "."
                        + language.code(),
                    SampleNews.news(alert),
                    SampleNews.reader(isStaff, language)));
          }
        }
      }
      News first = SampleNews.news(SampleNews.alert(AlertType.FIRST, AlertAudience.CUSTOMER));
      cases.add(
          new Case(
              "contact-refused.staff." + language.code(),
              first.refused(new News.Refusal("d…@klubben.example", "550 5.1.1")),
              reason(language, Recipient.Reason.CONTACT_REFUSED)));
      cases.add(
          new Case(
              "no-contacts.staff." + language.code(),
              first,
              reason(language, Recipient.Reason.NO_CONTACTS)));
    }
    return cases;
  }

  private static String name(AlertType type) {
    return type.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static Recipient reason(Language language, Recipient.Reason reason) {
    Recipient staff = SampleNews.reader(true, language);
    return new Recipient(staff.address(), null, true, language, staff.zone(), reason);
  }

  @TestFactory
  Stream<DynamicTest> saysWhatIsCommitted() {
    return cases().stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> saysWhatIsCommitted(each)));
  }

  private static void saysWhatIsCommitted(Case each) throws IOException {
    Letter letter = MailText.write(each.news(), each.reader(), SampleNews.TEXT);
    String text = "Subject: " + letter.subject() + "\n\n" + LetterText.of(letter);
    Files.createDirectories(TO_LOOK_AT);
    Files.writeString(TO_LOOK_AT.resolve(each.name() + ".html"), LetterHtml.of(letter));
    Path file = COMMITTED.resolve(each.name() + ".txt");
    if (Boolean.getBoolean("vakt.mails.write")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  @Test
  void saysTheSameInHtmlAsInText() {
    for (Case each : cases()) {
      Letter letter = MailText.write(each.news(), each.reader(), SampleNews.TEXT);
      String html = LetterHtml.of(letter).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
      for (String line : LetterText.of(letter).split("\n")) {
        for (String word : line.strip().split("[ ,:]+")) {
          if (word.matches("[\\p{L}\\d.…-]+") && !word.matches("-+|\\d\\.")) {
            assertThat(html).as(each.name()).contains(word);
          }
        }
      }
    }
  }

  @Test
  void fetchesNothingAndLinksNowhereButToTheConsole() {
    for (Case each : cases()) {
      String html = LetterHtml.of(MailText.write(each.news(), each.reader(), SampleNews.TEXT));
      assertThat(html.split("href=", -1)).hasSize(2);
      assertThat(html)
          .contains("href=\"https://vakt.front.example/\"")
          .doesNotContainIgnoringCase("src=")
          .doesNotContainIgnoringCase("url(")
          .doesNotContainIgnoringCase("@import")
          .doesNotContainIgnoringCase("<script")
          .doesNotContainIgnoringCase("<form");
    }
  }

  @Test
  void quotesNoIdThatNamesNoCustomer() {
    for (Language language : Language.values()) {
      Letter letter =
          MailText.write(
              SampleNews.news(SampleNews.guessing("ring +47 99 99 99 99")),
              SampleNews.reader(true, language),
              SampleNews.TEXT);
      assertThat(LetterText.of(letter))
          .contains(language == Language.NB ? "(ingen kunde)" : "(no customer)")
          .contains("korpset")
          .doesNotContain("99 99", "ring");
    }
  }

  @Test
  void tellsACustomerNothingOfOthersNorOfRuleVersions() {
    for (AlertType type : AlertType.values()) {
      Letter letter =
          MailText.write(
              SampleNews.news(SampleNews.alert(type, AlertAudience.CUSTOMER)),
              SampleNews.reader(false, Language.EN),
              SampleNews.TEXT);
      assertThat(LetterText.of(letter))
          .doesNotContain("korpset")
          .doesNotContain("legekontoret")
          .doesNotContain("own-links");
    }
  }
}
