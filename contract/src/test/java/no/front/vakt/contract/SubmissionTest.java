package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {
  private static final String VALID =
      """
      {"customerId":"c","messageId":"m","submittedAt":"2026-11-23T11:00:00.000Z","senderId":"Klubben",
       "recipient":"+4799999901","text":"hei","tomorrow":"ignored"}""";

  @Test
  void fillsInWhatMayBeAbsent() {
    Submission read = WireJson.read(VALID, Submission.class);
    assertThat(read.channel()).isEqualTo(Channel.API);
    assertThat(read.deliver()).isTrue();
    assertThat(read.originIp()).isNull();
    assertThat(read.validUntil()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"customerId", "messageId", "senderId"})
  void refusesHalfACharacterSinceItCannotBeWritten(String field) {
    String json = VALID.replaceFirst("(\"" + field + "\":\")", "$1\\\\ud83d");
    assertThatThrownBy(() -> WireJson.read(json, Submission.class))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessage(field + ": holds half a character");
  }

  @Test
  void tellsEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                WireJson.read(
                    "{\"customerId\":\"\",\"senderId\":\"TwelveLetter\",\"recipient\":\"4799999901\",\"text\":\"x\"}",
                    Submission.class))
        .isInstanceOfSatisfying(
            InvalidRecordException.class,
            e ->
                assertThat(e.problems())
                    .extracting(FieldProblem::field)
                    .isEqualTo(
                        List.of(
                            "customerId", "messageId", "submittedAt", "senderId", "recipient")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "null",
        "",
        "{",
        "{\"customerId\":1}",
        "{\"submittedAt\":\"yesterday\"}",
        "{\"channel\":\"FAX\"}",
        "{} {}",
        "{\"deliver\":\"perhaps\"}"
      })
  void refusesWhatIsNoSubmissionWithoutQuotingIt(String json) {
    assertThatThrownBy(() -> WireJson.read(json, Submission.class))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageNotContainingAny("yesterday", "FAX", "perhaps", "com.fasterxml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"customerId", "messageId", "senderId", "recipient", "text", "originIp"})
  void refusesNumbersAndTruthValuesWhereATextBelongs(String field) {
    for (String value : new String[] {"7", "7.5", "true"}) {
      String json = "{\"" + field + "\":" + value + "," + VALID.substring(1);
      assertThatThrownBy(() -> WireJson.read(json, Submission.class))
          .isInstanceOf(InvalidRecordException.class)
          .hasMessage(field + ": is not a text");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+",
        "+0123",
        "1234567890123456",
        "D\u00adNB",
        "DNB\u200b",
        "DNB\u00a0",
        "\u2060DNB"
      })
  void refusesSendersThatAreNoneOrLookLikeAnother(String senderId) {
    assertThat(SenderId.problem(senderId)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DNB", "Blåbær AS", "2012", "+4799999901", "123456789012345"})
  void takesNamesShortCodesAndLongNumbers(String senderId) {
    assertThat(SenderId.problem(senderId)).isEmpty();
  }

  @Test
  void takesSixteenHundredCharactersAndNoMore() {
    Submission message = SampleMessages.message("c", "m", SampleMessages.NOON);
    assertThat(SampleMessages.saying(message, "😀".repeat(1_600)).text()).hasSize(3_200);
    assertThatThrownBy(() -> SampleMessages.saying(message, "x".repeat(1_601)))
        .hasMessageContaining("text: is longer than 1600 characters");
  }

  @Test
  void takesMachineNumbersOfTwelveDigits() {
    assertThat(
            SampleMessages.to(
                    SampleMessages.message("c", "m", SampleMessages.NOON), "+47580000000001")
                .recipient())
        .isEqualTo("+47580000000001");
  }

  @Test
  void printsNothingPersonal() {
    assertThat(SampleMessages.message("c", "m", SampleMessages.NOON).toString())
        .doesNotContain("99999901", "Trening", "192.0.2.7");
  }
}
