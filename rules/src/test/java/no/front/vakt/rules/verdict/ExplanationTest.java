package no.front.vakt.rules.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Frozen;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Wording;
import no.front.vakt.rules.Hearing;
import no.front.vakt.rules.rule.RuleKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
  private static final String LIMIT =
      "{'id':'a','kind':'volume-limit','action':'HOLD','limit':1,'windowSeconds':600,'per':'";

  private static List<Finding> everyFinding() {
    List<Finding> findings = new ArrayList<>();
    for (String per :
        List.of("customer", "sender", "recipient", "country", "prefix", "urlDomain", "originIp")) {
      for (String unit : List.of("message", "segment")) {
        findings.addAll(second(LIMIT + per + "','unit':'" + unit + "'}"));
      }
    }
    findings.addAll(second("{'id':'a','kind':'country-policy','action':'HOLD','allowed':['SE']}"));
    findings.addAll(second("{'id':'a','kind':'country-policy','action':'HOLD','blocked':['NO']}"));
    findings.addAll(second("{'id':'a','kind':'url-whitelist','action':'HOLD','allowed':[]}"));
    findings.addAll(second("{'id':'a','kind':'moon-phase'}"));
    findings.add(BuiltIn.repeat(SampleMessages.NOON.toEpochMilli()));
    findings.add(BuiltIn.idReused());
    findings.add(BuiltIn.unreadable());
    findings.add(BuiltIn.frozen(new Frozen(null, null)));
    findings.add(BuiltIn.frozen(new Frozen("Innbrudd", null)));
    findings.add(
        new Finding("x", 1, "made-later", Action.HOLD, false, null, null, null, Map.of(), null));
    return findings;
  }

  /** Findings of the second of two messages that all rules here speak of. */
  private static List<Finding> second(String rule) {
    Hearing hearing = Hearing.underRules(rule);
    Submission message =
        SampleMessages.saying(hearing.message(0), "Hei Kari, se https://evil.example/kari");
    hearing.judge(SampleMessages.from(message, "+4799999909"));
    return hearing.findings(
        SampleMessages.from(
            SampleMessages.saying(hearing.message(1), message.text()), "+4799999909"));
  }

  @Test
  void saysSomethingSensibleOfEveryKindInBothLanguages() {
    for (Finding finding : everyFinding()) {
      Wording text = Explanation.of(finding);
      for (String sentence : List.of(text.nb(), text.en())) {
        assertThat(sentence)
            .as(finding.toString())
            .matches("[A-ZÆØÅ].*[.]|.*: Innbrudd")
            .doesNotContain("null", "{", "}", "%", "[]", "  ", "%s");
      }
      assertThat(text.nb()).as("two languages").isNotEqualTo(text.en());
    }
  }

  @Test
  void namesNoNumberNoTextNoAddressAndNothingThatCanBeClicked() {
    for (Finding finding : everyFinding()) {
      Wording text = Explanation.of(finding);
      assertThat(text.nb() + text.en() + finding.evidence())
          .doesNotContain("99999901", "99999909", "Kari", "kari", "192.0.2.7", "https://");
      assertThat(text.nb() + text.en()).doesNotContain("evil.example");
    }
  }

  @Test
  void coversTheWholeCatalogue() {
    Set<String> explained = everyFinding().stream().map(Finding::kind).collect(Collectors.toSet());
    assertThat(explained).containsAll(RuleKind.catalogue().keySet());
    assertThat(explained)
        .containsAll(
            Stream.of(BuiltIn.REPEAT, BuiltIn.ID_REUSED, BuiltIn.FROZEN, BuiltIn.UNREADABLE)
                .toList())
        .contains(BuiltIn.RULE_FAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1     | 1 sekund     | 1 second",
        "90    | 90 sekunder  | 90 seconds",
        "60    | 1 minutt     | 1 minute",
        "600   | 10 minutter  | 10 minutes",
        "3600  | 1 time       | 1 hour",
        "7200  | 2 timer      | 2 hours",
        "86400 | 1 døgn       | 1 day",
        "172800 | 2 døgn      | 2 days",
      })
  void speaksOfTimeAsPeopleDo(int windowSeconds, String nb, String en) {
    Hearing hearing = Hearing.underRules(LIMIT.replace(":600", ":" + windowSeconds) + "customer'}");
    hearing.outcomeAt(0);
    Wording text = Explanation.of(hearing.findings(hearing.message(1)).get(0));
    assertThat(text.nb())
        .isEqualTo(
            "Med denne blir det 2 meldinger fra kunden i løpet av " + nb + "; grensen er 1.");
    assertThat(text.en())
        .isEqualTo(
            "This one would make 2 messages from the customer within " + en + "; the limit is 1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "segment"})
  void speaksOfOneAsOne(String unit) {
    Hearing hearing =
        Hearing.underRules(
            LIMIT.replace("'limit':1", "'limit':0") + "customer','unit':'" + unit + "'}");
    Wording text = Explanation.of(hearing.findings(hearing.message(0)).get(0));
    assertThat(text.nb()).containsAnyOf("1 melding fra", "1 SMS-del fra");
    assertThat(text.en()).containsAnyOf("1 message from", "1 SMS segment from");
  }

  @Test
  void namesCountriesInBothLanguages() {
    Hearing hearing =
        Hearing.underRules("{'id':'a','kind':'country-policy','action':'HOLD','allowed':['NO']}");
    Wording text =
        Explanation.of(
            hearing.findings(SampleMessages.to(hearing.message(0), "+4779000001")).get(0));
    assertThat(text.nb()).contains("Svalbard og Jan Mayen (SJ)");
    assertThat(text.en()).contains("Svalbard & Jan Mayen (SJ)");
  }
}
