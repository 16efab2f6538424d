package no.front.vakt.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.Hearing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlWhitelistTest {
  private static final String LIST =
      ",'allowed':['klubben.example','*.nav.example','https://bank.example/kort/']";

  private static String rule(String parameters) {
    return "{'id':'links','kind':'url-whitelist','action':'BLOCK'" + parameters + "}";
  }

  private static Outcome outcome(String parameters, String text) {
    Hearing hearing = Hearing.underRules(rule(parameters));
    return hearing.judge(SampleMessages.saying(hearing.message(0), text)).outcome();
  }

  @ParameterizedTest
  @CsvSource({
    "http://klubben.example:8080/x, ALLOW",
    "https://KLUBBEN.example./, ALLOW",
    "https://www.klubben.example, BLOCK",
    "https://nav.example, ALLOW",
    "https://a.b.nav.example, ALLOW",
    "https://xnav.example, BLOCK",
    "https://bank.example/kort/1, ALLOW",
    "https://bank.example/kort?a=1, ALLOW",
    "https://bank.example/kortet, BLOCK",
    "http://bank.example/kort/, BLOCK",
    "https://bank.example/kort/../x, BLOCK",
    "https://klubben.example@evil.example/, BLOCK",
    "https://198.51.100.7/, BLOCK",
  })
  void letsThroughWhatTheListHoldsAndNothingElse(String text, Outcome outcome) {
    assertThat(outcome(LIST, text)).isEqualTo(outcome);
  }

  @Test
  void staysSilentWithoutALinkAndBreaksOnAnyWhenTheListIsEmpty() {
    assertThat(outcome(",'allowed':[]", "Skriv til post@klubben.example, kl. 18.30"))
        .isEqualTo(Outcome.ALLOW);
    assertThat(outcome(",'allowed':[]", "https://klubben.example")).isEqualTo(Outcome.BLOCK);
  }

  @Test
  void countsTheLinksOutsideTheList() {
    Hearing hearing = Hearing.underRules(rule(LIST));
    String text = "https://klubben.example https://a.example https://b.example https://a.example";
    assertThat(hearing.findings(SampleMessages.saying(hearing.message(0), text)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.observed()).isEqualTo(3);
              assertThat(finding.limit()).isZero();
              assertThat(finding.evidence().get("hosts"))
                  .asString()
                  .isEqualTo("[a.example, b.example]");
            });
  }

  @Test
  void carriesAtMostAKilobyteOfEvidence() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append("https://").append("æ".repeat(150)).append(i).append(".example ");
    }
    Hearing hearing = Hearing.underRules(rule(LIST));
    assertThat(hearing.findings(SampleMessages.saying(hearing.message(0), text.toString())))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(WireJson.bytes(finding.evidence()).length).isLessThanOrEqualTo(1024));
  }

  @Test
  void letsThroughWhatIsExceptedForNow() {
    Hearing hearing =
        Hearing.under(
            "{'customerId':'default','version':1,'rules':["
                + rule(LIST)
                + "],'exceptions':[{'rule':'links','what':'*.a.example',"
                + "'until':'2026-11-23T11:00:01Z'},{'rule':'links','what':'not an entry'}]}");
    String text = "https://b.a.example";
    assertThat(hearing.judge(SampleMessages.saying(hearing.message(999), text)).outcome())
        .isEqualTo(Outcome.ALLOW);
    assertThat(hearing.judge(SampleMessages.saying(hearing.message(1000), text)).outcome())
        .isEqualTo(Outcome.BLOCK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                          | allowed: is missing; an empty list allows no link",
        ",'allowed':'front.no'     | allowed: must be a list of texts",
        ",'allowed':['a.example',7] | allowed[1]: must be a text",
        ",'allowed':['a.example/b'] | allowed[0]: The whitelist entry \"a.example/b\" has a path but no scheme",
      },
      quoteCharacter = '`')
  void refusesBadParametersWithFieldAndReason(String parameters, String problem) {
    assertThat(Hearing.problemsOf(rule(parameters == null ? "" : parameters)))
        .singleElement()
        .asString()
        .startsWith("rules[0]." + problem);
  }
}
