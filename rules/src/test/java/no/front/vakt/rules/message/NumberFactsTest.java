package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFactsTest {
  @ParameterizedTest
  @CsvSource({
    "+4790000001, NO",
    "+4779000001, SJ",
    "+447781000001, GG",
    "+447400123456, GB",
    "+77010000001, KZ",
    "+79161234567, RU",
    "+12025550123, US",
    "+14165550123, CA",
    "+870773111632, 001",
    "+8816123456789, 001",
    "+38344000001, XK",
    "+999123456, ZZ",
    "+471, ZZ",
    "+393401234567, IT",
    "+390669812345, VA",
    "+358181234567, AX",
    "+475800000000001, NO",
    "+4758000000, NO"
  })
  void placesNumbersThatShareACallingCode(String number, String country) {
    assertThat(NumberFacts.of(number).country()).isEqualTo(country);
  }

  @Test
  void saysWhatParsingInFullWouldSay() {
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    List<Integer> codes = new ArrayList<>(library.getSupportedCallingCodes());
    codes.addAll(List.of(999, 210, 42, 96));
    Random random = new Random(7);
    for (int i = 0; i < 60_000; i++) {
      StringBuilder number = new StringBuilder("+").append(codes.get(random.nextInt(codes.size())));
      int digits = 4 + random.nextInt(9);
      while (number.length() < Math.max(5, Math.min(16, digits + 4))) {
        number.append((char) ('0' + random.nextInt(10)));
      }
      String e164 = number.toString();
      assertThat(NumberFacts.of(e164).country()).as(e164).isEqualTo(slow(e164));
    }
    for (int i = 0; i < 20_000; i++) {
      String e164 = "+47" + (10_000_000 + random.nextInt(90_000_000));
      assertThat(NumberFacts.of(e164).country()).as(e164).isEqualTo(slow(e164));
    }
  }

  private static String slow(String e164) {
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    try {
      String region = library.getRegionCodeForNumber(library.parse(e164, null));
      return region == null ? NumberFacts.NO_COUNTRY : region;
    } catch (NumberParseException e) {
      return NumberFacts.NO_COUNTRY;
    }
  }
}
