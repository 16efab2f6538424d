package no.front.vakt.detection.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverySettingsTest {
  static final JobSettings JOB =
      new JobSettings(
          new KafkaConnection("unused.example:9093", Map.of()),
          Path.of("unused"),
          2,
          Duration.ofMillis(200));

  @ParameterizedTest
  @CsvSource({
    "+4799999901, op-no",
    "+4759000000001, op-iot",
    "+46701234567, op-se",
    "+358401234567, op-world",
    "+4, op-world"
  })
  void theLongestPrefixWins(String number, String operator) {
    Routes routes = Routes.parse("+47=op-no, +46 = op-se,+4759=op-iot,*=op-world");

    assertThat(routes.operatorOf(number)).isEqualTo(operator);
  }

  @Test
  void routesAreWrittenAsTheyAreRead() {
    String text = "+46=op-se,+47=op-no,*=op-world";

    assertThat(Routes.parse(text)).hasToString(text);
  }

  @Test
  void defaultsStandForWhatIsAbsent() {
    DeliverySettings settings = DeliverySettings.parse(JOB, null, null);

    assertThat(settings.routes().operatorOf("+4799999901")).isEqualTo("operator");
    assertThat(settings.releasesPerSecond()).isEqualTo(10);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(() -> DeliverySettings.parse(JOB, "47=op-no,+46,+45=Op DK,+44=a,+44=b", "0"))
        .isInstanceOfSatisfying(
            InvalidRecordException.class,
            e ->
                assertThat(e.problems())
                    .extracting(FieldProblem::toString)
                    .containsExactly(
                        "routes: '47' is no prefix: + and 1 to 15 digits, or *",
                        "routes: '+46' is not prefix=operator, as in +47=op-no",
                        "routes: 'Op DK' is no operator: 1 to 40 of a-z, 0-9 and - after the first",
                        "routes: '+44' stands there twice",
                        "routes: has no route for the rest, as in *=op-world",
                        "releasesPerSecond: must be a whole number from 1 to 1000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1001", "ten", "1.5", "99999999999"})
  void releasesThatCannotBePacedAreRefused(String releases) {
    assertThatThrownBy(() -> DeliverySettings.parse(JOB, null, releases))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("releasesPerSecond");
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "3, 334", "10, 100", "1000, 1"})
  void noSecondSeesMoreReleasesThanAllowed(int perSecond, long millis) {
    DeliveryOptions options =
        new DeliveryOptions(
            () -> Messages.KEYS,
            Routes.parse("*=op"),
            NumberPortability.nonePorted(),
            BlocklistCheck.nothingListed(),
            perSecond);

    assertThat(options.millisBetweenReleases()).isEqualTo(millis);
    assertThat(List.of(perSecond * millis >= 1_000)).containsExactly(true);
  }
}
