package no.front.vakt.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.testdata.scenario.Incident;
import org.junit.jupiter.api.Test;

class StoryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final LocalTime NOON = LocalTime.NOON;
  private static final Incident PHISHING =
      new Incident("phishing", "shop", NOON, NOON.plusHours(1), "phishing links", "links");
  private static final Incident CAMPAIGN =
      new Incident("campaign", "shop", NOON, NOON.plusHours(1), "a campaign", null);
  private static final Incident GUESSING =
      new Incident("guessing", "shop", NOON, NOON.plusHours(1), "guesses", Incident.AT_THE_DOOR);

  private final List<String> lines = new ArrayList<>();
  private final Story story =
      new Story(List.of(PHISHING, CAMPAIGN, GUESSING), () -> NOON.plusMinutes(4), lines::add);

  @Test
  void tellsOnceThatAnIncidentBeginsAndOnceThatItIsStopped() {
    story.sending("phishing");
    story.sending("phishing");
    story.judged(TallyTest.verdict("1", Outcome.HOLD, NOW));
    story.judged(TallyTest.verdict("2", Outcome.HOLD, NOW));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).isEqualTo("12:00  shop            phishing links");
    assertThat(lines.get(1)).isEqualTo("12:04  shop            -> held: Rule links spoke.");
    assertThat(story.stopped()).isEqualTo(1);
    assertThat(story.missed()).isEmpty();
    assertThat(story.unexplained()).isZero();
  }

  @Test
  void anIncidentThatNothingStopsIsMissedAndABusyHourIsNot() {
    story.sending("phishing");
    story.sending("campaign");
    story.judged(TallyTest.verdict("1", Outcome.ALLOW, NOW));
    assertThat(story.missed()).containsExactly(PHISHING);
  }

  @Test
  void whatIsStoppedBeforeOrWithoutAnIncidentIsUnexplained() {
    story.judged(TallyTest.verdict("1", Outcome.BLOCK, NOW));
    story.sending("campaign");
    story.judged(TallyTest.verdict("2", Outcome.BLOCK, NOW));
    assertThat(story.unexplained()).isEqualTo(2);
    assertThat(story.stopped()).isZero();
  }

  @Test
  void aRefusedCallStopsWhatIsToBeStoppedAtTheDoor() {
    story.sending("guessing");
    story.refused(new AccessAttempt("1", "shop", NOW, null, null, RefusedBecause.PASSWORD, false));
    assertThat(lines.get(1)).isEqualTo("12:04  shop            -> refused: The password is wrong.");
    assertThat(story.missed()).isEmpty();
  }

  @Test
  void longSentencesGoOnBelowWithin100Columns() {
    var long1 =
        new Incident("long", "alarmsentralen", NOON, NOON, "word ".repeat(40).strip(), null);
    new Story(List.of(long1), () -> NOON, lines::add).sending("long");
    assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
    assertThat(lines.get(1)).startsWith(" ".repeat(23) + "word");
  }
}
