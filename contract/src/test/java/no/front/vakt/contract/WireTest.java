package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A committed sample of each payload must still parse, and be written again as it stands. */
class WireTest {
  @ParameterizedTest
  @EnumSource(Topics.class)
  void readsAndWritesTheCommittedSample(Topics topic) throws IOException {
    assertRoundTrip(topic.topicName(), topic.payload());
  }

  @Test
  void readsAndWritesAPlainSubmission() throws IOException {
    assertRoundTrip("submission", Submission.class);
  }

  @Test
  void readsAndWritesAVerdictWithItsSentences() throws IOException {
    assertRoundTrip("verdict", Verdict.class);
  }

  private static void assertRoundTrip(String name, Class<?> type) throws IOException {
    try (InputStream in = WireTest.class.getResourceAsStream("/samples/" + name + ".json")) {
      String sample = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Object read = WireJson.read(sample, type);
      assertThat(WireJson.mapper().readTree(WireJson.text(read)))
          .isEqualTo(WireJson.mapper().readTree(sample));
    }
  }

  @Test
  void writesInstantsWithMillisecondsAlways() {
    assertThat(WireInstant.format(Instant.parse("2026-01-02T03:04:05Z")))
        .isEqualTo("2026-01-02T03:04:05.000Z");
    assertThat(WireInstant.format(Instant.parse("1999-12-31T23:59:59.999999Z")))
        .isEqualTo("1999-12-31T23:59:59.999Z");
  }

  @Test
  void refusesInstantsThatCouldNotBeWrittenAgain() {
    assertThatThrownBy(() -> WireInstant.parse("+999999999-12-31T23:59:59-18:00"))
        .isInstanceOf(java.time.DateTimeException.class);
    assertThatThrownBy(() -> WireInstant.parse("9999-12-31T23:59:59-18:00"))
        .isInstanceOf(java.time.DateTimeException.class);
  }

  @Test
  void readsInstantsWithAnyOffset() {
    assertThat(WireInstant.parse("2026-07-01T14:00:00+02:00"))
        .isEqualTo(Instant.parse("2026-07-01T12:00:00Z"));
    assertThat(WireInstant.parse("2026-07-01T12:00:00.123Z"))
        .isEqualTo(Instant.parse("2026-07-01T12:00:00.123Z"));
  }
}
