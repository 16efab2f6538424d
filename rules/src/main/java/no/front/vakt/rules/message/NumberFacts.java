package no.front.vakt.rules.message;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;

/**
 * What a number tells of itself, by libphonenumber's metadata; nothing is looked up anywhere.
 *
 * @param country libphonenumber's region: ISO 3166, {@code 001} (satellite, international), {@code
 *     XK}, or {@link #NO_COUNTRY}
 */
public record NumberFacts(String country) {
  /** A number that belongs to no region. */
  public static final String NO_COUNTRY = "ZZ";

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

  // Index: calling code. The region where a code has just one; null where the national number
  // decides or the code is unassigned.
  private static final String[] ONLY_REGION = new String[1000];

  // Calling codes whose first region has no national prefix that parsing would have to strip, so
  // that the number need not be parsed to be placed.
  private static final boolean[] IS_WRITTEN_AS_DIALLED = new boolean[1000];

  static {
    for (int code : LIBRARY.getSupportedCallingCodes()) {
      List<String> regions = LIBRARY.getRegionCodesForCountryCode(code);
      if (regions.size() == 1) {
        ONLY_REGION[code] = regions.get(0);
      } else if (!regions.isEmpty()) {
        IS_WRITTEN_AS_DIALLED[code] = LIBRARY.getNddPrefixForRegion(regions.get(0), true) == null;
      }
    }
  }

  /** The facts of a number in E.164 with {@code +}. */
  public static NumberFacts of(String e164) {
    int code = 0;
    for (int digits = 1; digits <= 3 && digits < e164.length() - 2; digits++) {
      code = code * 10 + (e164.charAt(digits) - '0');
      if (ONLY_REGION[code] != null) {
        return new NumberFacts(ONLY_REGION[code]);
      }
      if (IS_WRITTEN_AS_DIALLED[code]) {
        return placed(code, e164.substring(digits + 1));
      }
    }
    try {
      return named(LIBRARY.getRegionCodeForNumber(LIBRARY.parse(e164, null)));
    } catch (NumberParseException e) {
      return new NumberFacts(NO_COUNTRY);
    }
  }

  private static NumberFacts placed(int code, String national) {
    PhoneNumber number = new PhoneNumber().setCountryCode(code);
    int zeros = 0;
    while (zeros < national.length() - 1 && national.charAt(zeros) == '0') {
      zeros++;
    }
    if (zeros > 0) {
      number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
    }
    return named(
        LIBRARY.getRegionCodeForNumber(number.setNationalNumber(Long.parseLong(national))));
  }

  private static NumberFacts named(String region) {
    return new NumberFacts(region == null ? NO_COUNTRY : region);
  }
}
