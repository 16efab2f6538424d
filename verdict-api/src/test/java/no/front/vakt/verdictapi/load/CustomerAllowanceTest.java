package no.front.vakt.verdictapi.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CustomerAllowanceTest {
  private long nanos = TimeUnit.HOURS.toNanos(1);
  private final CustomerAllowance allowance =
      new CustomerAllowance(
          new LoadSettings(1, 3, 10, 250),
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return nanos;
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  @Test
  void refusesWhatIsMoreThanTheBurstAndNobodyElses() {
    takeTheBurst();
    assertThat(allowance.secondsToWait("hasty")).isEqualTo(2);
    assertThat(allowance.secondsToWait("patient")).isZero();
  }

  @Test
  void takesOneMoreAfterASecondAndTheBurstAfterThree() {
    takeTheBurst();
    nanos += TimeUnit.SECONDS.toNanos(1);
    assertThat(allowance.secondsToWait("hasty")).isZero();
    assertThat(allowance.secondsToWait("hasty")).isPositive();
    nanos += TimeUnit.SECONDS.toNanos(3);
    takeTheBurst();
    assertThat(allowance.secondsToWait("hasty")).isPositive();
  }

  private void takeTheBurst() {
    for (int i = 0; i < 3; i++) {
      assertThat(allowance.secondsToWait("hasty")).isZero();
    }
  }
}
