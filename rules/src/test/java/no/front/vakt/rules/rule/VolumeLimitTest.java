package no.front.vakt.rules.rule;

import static no.front.vakt.contract.Outcome.ALLOW;
import static no.front.vakt.contract.Outcome.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.rules.Hearing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VolumeLimitTest {
  private static final long ONE_MINUTE = 60_000;

  private static String rule(String parameters) {
    return "{'id':'ceiling','kind':'volume-limit','action':'BLOCK'," + parameters + "}";
  }

  private static Hearing two(String parameters) {
    return Hearing.underRules(rule("'limit':2,'windowSeconds':60," + parameters));
  }

  @Test
  void staysSilentExactlyAtTheLimitAndFiresOnTheMessageThatCrossesIt() {
    Hearing hearing = two("'per':'customer'");
    assertThat(hearing.findings(hearing.message(0))).isEmpty();
    assertThat(hearing.findings(hearing.message(1))).isEmpty();
    assertThat(hearing.findings(hearing.message(2)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.observed()).isEqualTo(3);
              assertThat(finding.limit()).isEqualTo(2);
              assertThat(finding.windowSeconds()).isEqualTo(60);
            });
  }

  @Test
  void leavesMessagesExactlyOneWindowApartInWindowsOfTheirOwn() {
    Hearing hearing = two("'per':'customer'");
    assertThat(hearing.outcomeAt(0)).isEqualTo(ALLOW);
    assertThat(hearing.outcomeAt(1)).isEqualTo(ALLOW);
    assertThat(hearing.outcomeAt(ONE_MINUTE - 1)).isEqualTo(BLOCK);
    assertThat(hearing.outcomeAt(ONE_MINUTE)).isEqualTo(ALLOW);
    assertThat(hearing.outcomeAt(ONE_MINUTE)).as("a tie goes in log order").isEqualTo(BLOCK);
    assertThat(hearing.outcomeAt(ONE_MINUTE + 1)).isEqualTo(ALLOW);
  }

  @Test
  void looksAtEveryWindowAroundALateMessage() {
    Hearing hearing = two("'per':'customer'");
    assertThat(hearing.outcomeAt(0)).isEqualTo(ALLOW);
    assertThat(hearing.outcomeAt(50_000)).isEqualTo(ALLOW);
    assertThat(hearing.outcomeAt(70_000)).as("0 has left").isEqualTo(ALLOW);
    assertThat(hearing.outcomeAt(30_000)).as("30, 50, 70 in one minute").isEqualTo(BLOCK);
  }

  @Test
  void doesNotCountWhatWasStopped() {
    Hearing hearing = two("'per':'customer'");
    hearing.outcomeAt(0);
    hearing.outcomeAt(30_000);
    for (long at = 30_001; at < ONE_MINUTE; at += 5_000) {
      assertThat(hearing.outcomeAt(at)).isEqualTo(BLOCK);
    }
    assertThat(hearing.outcomeAt(ONE_MINUTE)).isEqualTo(ALLOW);
  }

  @Test
  void allowsNothingAtZero() {
    Hearing hearing = Hearing.underRules(rule("'limit':0,'windowSeconds':60,'per':'customer'"));
    assertThat(hearing.outcomeAt(0)).isEqualTo(BLOCK);
  }

  static Stream<Arguments> pairs() {
    Submission first = SampleMessages.message("klubben", "m", SampleMessages.NOON);
    Submission linked = SampleMessages.saying(first, "Se https://www.klubben.example/a");
    return Stream.of(
        Arguments.of("customer", first, SampleMessages.to(first, "+447400123456"), null),
        Arguments.of(
            "sender",
            SampleMessages.from(first, "Blåbær"),
            SampleMessages.from(first, "BLÅBÆR"),
            SampleMessages.from(first, "Blabar")),
        Arguments.of(
            "sender",
            SampleMessages.from(first, "Straße"),
            SampleMessages.from(first, "STRASSE"),
            SampleMessages.from(first, "Strase")),
        Arguments.of(
            "recipient",
            first,
            SampleMessages.saying(first, "Noe annet"),
            SampleMessages.to(first, "+4799999902")),
        Arguments.of(
            "country",
            first,
            SampleMessages.to(first, "+475800000000001"),
            SampleMessages.to(first, "+4779000001")),
        Arguments.of(
            "country",
            SampleMessages.to(first, "+447781000001"),
            SampleMessages.to(first, "+447781000002"),
            SampleMessages.to(first, "+447400123456")),
        Arguments.of(
            "prefix",
            first,
            SampleMessages.to(first, "+4799998888"),
            SampleMessages.to(first, "+4799989999")),
        Arguments.of(
            "urlDomain",
            linked,
            SampleMessages.saying(first, "http://klubben.example og https://butikk.example"),
            SampleMessages.saying(first, "https://butikk.example")),
        Arguments.of(
            "originIp",
            first,
            SampleMessages.calledFrom(first, "::ffff:192.0.2.7"),
            SampleMessages.calledFrom(first, "192.0.2.8")),
        Arguments.of(
            "originIp",
            SampleMessages.calledFrom(first, "2001:db8::1"),
            SampleMessages.calledFrom(first, "2001:db8:0:0:ffff::1"),
            SampleMessages.calledFrom(first, "2001:db8:0:1::1")));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void countsWhatIsEqualTogetherAndTheRestApart(
      String per, Submission first, Submission equal, Submission other) {
    Hearing hearing = Hearing.underRules(rule("'limit':1,'windowSeconds':60,'per':'" + per + "'"));
    assertThat(hearing.judge(named(first, "1")).outcome()).isEqualTo(ALLOW);
    assertThat(hearing.judge(named(equal, "2")).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.observed()).isEqualTo(2));
    if (other != null) {
      assertThat(hearing.judge(named(other, "3")).outcome()).isEqualTo(ALLOW);
    }
  }

  private static Submission named(Submission message, String id) {
    return new Submission(
        message.customerId(),
        id,
        message.submittedAt(),
        message.senderId(),
        message.recipient(),
        message.text(),
        message.originIp(),
        message.channel(),
        message.validUntil(),
        message.deliver());
  }

  @Test
  void countsADomainOnceHoweverOftenItStands() {
    Hearing hearing = two("'per':'urlDomain'");
    String text = "https://a.example https://www.a.example/b https://b.example";
    assertThat(hearing.findings(SampleMessages.saying(hearing.message(0), text))).isEmpty();
    assertThat(hearing.findings(SampleMessages.saying(hearing.message(1), "https://b.example")))
        .isEmpty();
    assertThat(hearing.findings(SampleMessages.saying(hearing.message(2), text)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.evidence()).containsEntry("value", "b.example"));
  }

  @Test
  void doesNotCountAMessageWithoutAnAddressOrALink() {
    for (String per : List.of("originIp", "urlDomain")) {
      Hearing hearing =
          Hearing.underRules(rule("'limit':0,'windowSeconds':60,'per':'" + per + "'"));
      Submission message = SampleMessages.calledFrom(hearing.message(0), null);
      assertThat(hearing.judge(message).outcome()).as(per).isEqualTo(ALLOW);
    }
  }

  @Test
  void keepsCustomersApart() {
    Hearing hearing = Hearing.underRules(rule("'limit':1,'windowSeconds':60,'per':'recipient'"));
    assertThat(hearing.outcomeAt(0)).isEqualTo(ALLOW);
    assertThat(
            hearing.judge(SampleMessages.message("butikken", "m", SampleMessages.NOON)).outcome())
        .isEqualTo(ALLOW);
  }

  @Test
  void countsSegmentsWhenAskedTo() {
    Hearing hearing = two("'per':'customer','unit':'segment'");
    Submission one = SampleMessages.saying(hearing.message(0), "x".repeat(160));
    Submission two = SampleMessages.saying(hearing.message(1), "x".repeat(161));
    assertThat(hearing.findings(one)).isEmpty();
    assertThat(hearing.findings(two))
        .singleElement()
        .satisfies(finding -> assertThat(finding.observed()).isEqualTo(3));
    Submission ucs2 = SampleMessages.saying(hearing.message(ONE_MINUTE), "ł".repeat(71));
    assertThat(hearing.findings(ucs2)).as("two segments alone are at the limit").isEmpty();
  }

  @Test
  void readsOneCounterInBothUnits() {
    Hearing hearing =
        Hearing.underRules(
            rule("'limit':9,'windowSeconds':60,'per':'customer'"),
            "{'id':'segments','kind':'volume-limit','action':'HOLD','limit':3,'windowSeconds':60,"
                + "'per':'customer','unit':'segment'}");
    hearing.judge(SampleMessages.saying(hearing.message(0), "x".repeat(400)));
    assertThat(hearing.findings(hearing.message(1)))
        .extracting(Finding::ruleId)
        .containsExactly("segments");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recipient | +4799999901    | +4799…01",
        "prefix    | +4799999901    | +479999",
      })
  void showsNoNumberInFull(String per, String recipient, String shown) {
    Hearing hearing = Hearing.underRules(rule("'limit':0,'windowSeconds':60,'per':'" + per + "'"));
    assertThat(hearing.findings(SampleMessages.to(hearing.message(0), recipient)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.evidence()).containsEntry("value", shown));
  }

  @Test
  void masksAPrefixThatIsAllButANumber() {
    Hearing hearing =
        Hearing.underRules(rule("'limit':0,'windowSeconds':60,'per':'prefix','prefixDigits':9"));
    assertThat(hearing.findings(hearing.message(0)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.evidence()).containsEntry("value", "+4799…90"));
  }

  @Test
  void sparesWhatIsExceptedInItsOwnTerms() {
    for (String[] exception :
        List.of(
            new String[] {"sender", "KLUBBEN"},
            new String[] {"recipient", "+4799999901"},
            new String[] {"country", "no"},
            new String[] {"prefix", "+479999"},
            new String[] {"prefix", "479999"},
            new String[] {"originIp", "::ffff:192.0.2.7"})) {
      Hearing hearing =
          Hearing.under(
              "{'customerId':'default','version':1,'exceptions':[{'rule':'ceiling','what':'"
                  + exception[1]
                  + "'}],'rules':["
                  + rule("'limit':0,'windowSeconds':60,'per':'" + exception[0] + "'")
                  + "]}");
      assertThat(hearing.outcomeAt(0)).as(String.join(" ", exception)).isEqualTo(ALLOW);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'windowSeconds':60,'per':'customer'                          | limit: is missing",
        "'limit':-1,'windowSeconds':60,'per':'customer'               | limit: must be a whole number from 0",
        "'limit':1.5,'windowSeconds':60,'per':'customer'              | limit: must be a whole number from 0",
        "'limit':'3','windowSeconds':60,'per':'customer'              | limit: must be a whole number from 0",
        "'limit':1e30,'windowSeconds':60,'per':'customer'             | limit: must be a whole number from 0",
        "'limit':1,'per':'customer'                                   | windowSeconds: is missing",
        "'limit':1,'windowSeconds':0,'per':'customer'                 | windowSeconds: must be a whole number from 1",
        "'limit':1,'windowSeconds':31622401,'per':'customer'          | windowSeconds: must be a whole number from 1 to 31622400",
        "'limit':1,'windowSeconds':60                                 | per: is missing; one of customer, sender",
        "'limit':1,'windowSeconds':60,'per':'Customer'                | per: must be one of customer, sender",
        "'limit':1,'windowSeconds':60,'per':'customer','unit':'sms'   | unit: must be one of message, segment",
        "'limit':1,'windowSeconds':60,'per':'prefix','prefixDigits':0 | prefixDigits: must be a whole number from 1 to 15",
      },
      quoteCharacter = '"')
  void refusesBadParametersWithFieldAndReason(String parameters, String problem) {
    assertThat(Hearing.problemsOf(rule(parameters)))
        .singleElement()
        .asString()
        .startsWith("rules[0]." + problem);
  }
}
