package no.front.vakt.verdictapi.frontapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.Wording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PushCodesTest {
  private static Finding finding(String kind, Action action, boolean shadow) {
    return new Finding(
        kind, 1, kind, action, shadow, null, null, null, Map.of(), new Wording("Nei.", "No."));
  }

  private static PushAnswer stopped(String language, Finding... findings) {
    return PushCodes.stopped(
        new Verdict("4711", "1", Outcome.BLOCK, 80, Instant.EPOCH, 1, 1, "data", List.of(findings)),
        language,
        7);
  }

  @ParameterizedTest
  @CsvSource({
    "url-whitelist,4,true",
    "url-blocklist,4,false",
    "url-lookalike,4,false",
    "words,4,false",
    "spam-likeness,4,false",
    "code-origin,4,false",
    "callback-number,4,false",
    "template-shift,4,false",
    "never-heard-of,4,false",
    "sender-policy,3,true",
    "sender-protected,3,false",
    "volume-limit,5,true",
    "spend-limit,5,true",
    "volume-surge,5,false",
    "country-policy,21,true",
    "country-spread,21,false",
    "number-type,21,false",
    "range-density,21,false",
    "recipient-flood,21,false",
    "frozen,7,false"
  })
  void tellsEachKindByItsCodeAndAsMuchAsTheSenderMayKnow(String kind, int code, boolean isTold) {
    PushAnswer answer = stopped("en", finding(kind, Action.BLOCK, false));

    assertThat(answer.code().number()).isEqualTo(code);
    assertThat(answer.description())
        .isEqualTo(
            answer.code().phrase()
                + (isTold ? ": No." : ": stopped by a security check, reference 7"));
  }

  @Test
  void goesByTheStrongestThatStopsIt() {
    PushAnswer answer =
        stopped(
            "nb",
            finding("frozen", Action.BLOCK, true),
            finding("url-first", Action.HOLD, false),
            finding("volume-limit", Action.BLOCK, false),
            finding("country-policy", Action.BLOCK, false));

    assertThat(answer.code()).isEqualTo(PushCode.NO_MESSAGES_LEFT);
    assertThat(answer.description()).endsWith(": Nei.");
    assertThat(stopped("nb").description()).endsWith("referanse 7");
  }

  @Test
  void tellsThatTheAccountIsFrozenBeforeAllElseAndNeverWhy() {
    PushAnswer answer =
        stopped(
            "nb",
            finding("volume-limit", Action.BLOCK, false),
            finding("frozen", Action.BLOCK, false));

    assertThat(answer.code()).isEqualTo(PushCode.ACCOUNT_BLOCKED);
    assertThat(answer.description()).endsWith("referanse 7").doesNotContain("Nei.");
  }

  @Test
  void saysNothingAnOldClientCannotRead() {
    assertThat(PushAnswer.oneLine("«På» – “det” …\r\nЖ\uD83D\uDE00"))
        .isEqualTo("«På» - \"det\" ...  ??");
  }

  @ParameterizedTest
  @EnumSource(PushCode.class)
  void hasALineInTheManual(PushCode code) throws Exception {
    assertThat(Files.readString(Path.of("../docs/operations/customer-api.md")))
        .contains("| " + code.number() + " | " + code.phrase() + " |");
  }
}
