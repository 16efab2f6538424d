package no.front.vakt.verdictapi.frontapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "99999901,+4799999901",
        "+4799999901,+4799999901",
        "004799999901,+4799999901",
        "4799999901,+4799999901",
        " 4799999901,+4799999901",
        "999 99 901,+4799999901",
        "+47 999-99-901,+4799999901",
        "+46701740605,+46701740605",
        "0046701740605,+46701740605",
        " 46701740605,+46701740605",
        "+47580000000001,+47580000000001",
        "47590000000001,+47590000000001",
        " 99999901 ,+4799999901"
      })
  void readsWhatCanMeanOneNumberOnly(String written, String e164) {
    assertThat(PhoneNumber.find(written)).contains(e164);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "00",
        "1",
        "9999990",
        "999999011",
        "09999990",
        "46701740605",
        "+479999990",
        "+47999999011",
        "580000000001",
        "+0099999901",
        "+47(0)99999901",
        "99999901x",
        "٩٩٩٩٩٩٠١",
        "99999901,99999902",
        "+1234567890123456"
      })
  void refusesWhatIsNoNumberOrMayBeTwo(String written) {
    assertThat(PhoneNumber.find(written)).isEmpty();
  }
}
