package no.front.vakt.verdictapi.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import no.front.vakt.verdictapi.http.ErrorCode;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(new LoadSettings(1, 1, 10, 250));

  @Test
  void takesOnWhatIsNeverTooMuch() {
    send(9);
    assertThat(admission.refusal()).isEmpty();
  }

  @Test
  void refusesMoreThanItHasSeenAnsweredInTime() {
    send(10);
    assertThat(admission.refusal()).contains(ErrorCode.OVERLOADED);
    admission.answered();
    assertThat(admission.refusal()).isEmpty();
  }

  @Test
  void refusesAllButAFewWhileTheLogAcknowledgesNothing() {
    Admission roomy = new Admission(new LoadSettings(1, 1, 1_000, 250));
    for (int i = 0; i < 20; i++) {
      roomy.sent();
    }
    assertThat(roomy.refusal()).isEmpty();
    roomy.failed();
    assertThat(roomy.refusal()).contains(ErrorCode.NOT_KNOWN_TO_BE_ACCEPTED);
    for (int i = 0; i < 4; i++) {
      roomy.failed();
    }
    assertThat(roomy.refusal()).as("probes may go").isEmpty();
    roomy.acknowledged();
    roomy.sent();
    roomy.sent();
    assertThat(roomy.refusal()).as("one acknowledgement and the log is back").isEmpty();
    assertThat(roomy.unanswered()).isEqualTo(17);
  }

  @Test
  void forgetsWhatWasGivenUp() {
    send(10);
    admission.givenUp();
    assertThat(admission.unanswered()).isEqualTo(9);
    assertThat(admission.isStalled()).isFalse();
  }

  @Test
  void isStalledWhenTheJudgeFallsSilentWhileNothingMoreIsTakenOn() {
    AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    Admission clocked = new Admission(new LoadSettings(1, 1, 10, 250), nanos::get);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    for (int i = 0; i < 11; i++) {
      clocked.sent();
    }
    assertThat(clocked.isStalled()).as("full a moment ago").isFalse();
    clocked.answered();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(clocked.isStalled()).as("the last answer is five seconds old").isFalse();
    nanos.addAndGet(1);
    assertThat(clocked.isStalled()).isTrue();
    clocked.answered();
    assertThat(clocked.isStalled()).isFalse();
  }

  @Test
  void aFewAnswersThatAreLostForGoodAreNoStall() {
    AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    Admission clocked = new Admission(new LoadSettings(1, 1, 10, 250), nanos::get);
    for (int i = 0; i < 10; i++) {
      clocked.sent();
    }
    clocked.answered();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(clocked.isStalled()).isFalse();
  }

  private void send(int messages) {
    for (int i = 0; i < messages; i++) {
      admission.sent();
      admission.acknowledged();
    }
  }
}
