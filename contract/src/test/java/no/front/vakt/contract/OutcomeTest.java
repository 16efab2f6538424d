package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
  @ParameterizedTest
  @CsvSource({"ALLOW,0", "HOLD,1", "BLOCK,2"})
  void itsNumberInStateNeverChanges(Outcome outcome, int number) {
    assertThat(outcome.number()).isEqualTo(number);
    assertThat(Outcome.of(number)).isEqualTo(outcome);
  }

  @Test
  void refusesANumberNoOutcomeHas() {
    assertThatThrownBy(() -> Outcome.of(3)).isInstanceOf(IllegalArgumentException.class);
  }
}
