package no.front.vakt.controlapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  private static final Path PAGE = Path.of("../docs/operations/control-api.md");

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void hasALineInTheManual(ErrorCode code) throws IOException {
    String whose =
        switch (code.owner()) {
          case CALLER -> "yours";
          case US -> "ours";
        };
    assertThat(Files.readString(PAGE))
        .contains("| " + code.status() + " | `" + code.code() + "` | " + whose + " |");
  }

  @Test
  void tellsEachCodeOnceOnly() {
    assertThat(ErrorCode.values()).extracting(ErrorCode::code).doesNotHaveDuplicates();
  }
}
