package no.front.vakt.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.rules.Hearing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountryPolicyTest {
  private static String rule(String parameters) {
    return "{'id':'countries','kind':'country-policy','action':'BLOCK'" + parameters + "}";
  }

  private static Outcome outcome(String parameters, String recipient) {
    Hearing hearing = Hearing.underRules(rule(parameters));
    return hearing.judge(SampleMessages.to(hearing.message(0), recipient)).outcome();
  }

  @ParameterizedTest
  @CsvSource({
    "+4799999901, NO",
    "+475800000000001, NO",
    "+4779000001, SJ",
    "+447781000001, GG",
    "+447400123456, GB",
    "+77010000001, KZ",
    "+79161234567, RU",
    "+870773111632, 001",
    "+38344000001, XK",
    "+999123456, ZZ",
  })
  void allowsThoseNamedAndBlocksThoseNamed(String recipient, String country) {
    assertThat(outcome(",'allowed':['" + country + "']", recipient)).isEqualTo(Outcome.ALLOW);
    assertThat(outcome(",'allowed':['SE']", recipient)).isEqualTo(Outcome.BLOCK);
    assertThat(outcome(",'allowed':[]", recipient)).isEqualTo(Outcome.BLOCK);
    assertThat(outcome(",'blocked':['" + country + "']", recipient)).isEqualTo(Outcome.BLOCK);
    assertThat(outcome(",'blocked':['SE']", recipient)).isEqualTo(Outcome.ALLOW);
    assertThat(outcome(",'blocked':[]", recipient)).isEqualTo(Outcome.ALLOW);
  }

  @Test
  void readsCodesInLowerCaseToo() {
    assertThat(outcome(",'allowed':['no']", "+4799999901")).isEqualTo(Outcome.ALLOW);
  }

  @Test
  void saysWhichCountryWithoutTheNumber() {
    Hearing hearing = Hearing.underRules(rule(",'blocked':['NO']"));
    assertThat(hearing.findings(hearing.message(0)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.evidence())
                    .containsEntry("country", "NO")
                    .containsEntry("list", "blocked")
                    .containsEntry("number", "+4799…01"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                | allowed: exactly one of allowed and blocked must be given",
        ",'allowed':['NO'],'blocked':[]  | allowed: exactly one of allowed and blocked must be given",
        ",'allowed':'NO'                 | allowed: must be a list of texts",
        ",'blocked':[47]                 | blocked[0]: must be a text",
        ",'blocked':['Norge']            | blocked: holds a code that is no country",
        ",'allowed':['QQ']               | allowed: holds a code that is no country",
      },
      quoteCharacter = '"')
  void refusesBadParametersWithFieldAndReason(String parameters, String problem) {
    assertThat(Hearing.problemsOf(rule(parameters == null ? "" : parameters)))
        .singleElement()
        .asString()
        .startsWith("rules[0]." + problem);
  }
}
