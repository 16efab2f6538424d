package no.front.vakt.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillPlanTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private static CrashSettings settings(int kills, long seed) {
    return new CrashSettings(100_000, kills, seed, 600, 50, false, CrashSettings.USUAL_PATIENCE);
  }

  @Test
  void killsAtEverySortOfMomentInTheOrderOfTheTraffic() {
    List<KillPlan.Kill> kills = KillPlan.of(settings(10, 1));

    assertThat(kills).hasSize(10);
    assertThat(kills).extracting(KillPlan.Kill::moment).contains(KillPlan.Moment.values());
    assertThat(kills).isSortedAccordingTo(Comparator.comparingInt(KillPlan.Kill::afterSubmissions));
    assertThat(kills).allMatch(kill -> kill.afterSubmissions() < 100_000);
  }

  @Test
  void theSameSeedMakesTheSamePlanAndAnotherSeedAnother() {
    assertThat(KillPlan.of(settings(5, 7))).isEqualTo(KillPlan.of(settings(5, 7)));
    assertThat(KillPlan.of(settings(5, 7))).isNotEqualTo(KillPlan.of(settings(5, 8)));
  }

  @Test
  void theSameSeedMakesTheSameTraffic() {
    var one = new CrashTraffic(settings(0, 3), NOON);
    var other = new CrashTraffic(settings(0, 3), NOON);
    for (int call = 0; call < 100; call++) {
      assertThat(one.nextCall(20)).isEqualTo(other.nextCall(20));
    }
  }
}
