package no.front.vakt.detection.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeCodeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Din engangskode er 123456",
        "Koden din er 4829.",
        "KODE: 48291234",
        "1234 er sikkerhetskoden din. Del den ikke med noen.",
        "Your code is 482 913",
        "Your verification code: 482-913",
        "G-482913 is your verification code",
        "Din PIN: 0042",
        "OTP 99887766",
        "Bekreft med 55512",
        "Bruk 482913 for å bekrefte innloggingen",
        "Midlertidig passord: 48291",
        "Log in with 482913"
      })
  void seesACode(String text) {
    assertThat(OneTimeCode.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Trening flyttes til kl 18",
        "Ring 99999901 for time",
        "Koden får du i resepsjonen",
        "Kode 123",
        "Kode 123456789",
        "Bekreft timen 24.11.2026 kl 18:30",
        "Rabattkode SOMMER24 gir 20 %",
        "Koden din: https://front.no/482913",
        "Bekreft på +4799999901",
        "Du har kjøpt koder for 1.500,00 kr",
        "Pinner 482913",
        "Episkode482913x"
      })
  void staysSilent(String text) {
    assertThat(OneTimeCode.isIn(text)).isFalse();
  }

  @Test
  void isDoneWithTheWorstTextInNoTime() {
    String letters = "kod".repeat(530);
    String digits = "kode " + "1".repeat(1_590);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 100; i++) {
            assertThat(OneTimeCode.isIn(letters)).isFalse();
            assertThat(OneTimeCode.isIn(digits)).isFalse();
          }
        });
  }
}
