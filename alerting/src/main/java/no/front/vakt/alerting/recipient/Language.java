package no.front.vakt.alerting.recipient;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two languages mails are written in. */
public enum Language {
  /** Norwegian bokmål. */
  NB("nb", "NO"),
  /** English. */
  EN("en", "GB");

  /** The codes that settings and policies use. */
  public static final List<String> CODES = List.of("nb", "en");

  private final String code;
  private final Locale locale;

  Language(String code, String country) {
    this.code = code;
    this.locale = new Locale.Builder().setLanguage(code).setRegion(country).build();
  }

  /** As in {@code nb}. */
  public String code() {
    return code;
  }

  /** What numbers and dates are formatted by. */
  public Locale locale() {
    return locale;
  }

  /** The first of some codes that is a language of ours, Norwegian when none is. */
  public static Language firstOf(@Nullable String... codes) {
    for (String code : codes) {
      for (Language language : values()) {
        if (language.code.equals(code)) {
          return language;
        }
      }
    }
    return NB;
  }
}
