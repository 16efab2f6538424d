package no.front.vakt.verdictapi.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.SealedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class AccessCheckTest extends CheckedCallers {
  /** The table of decision 0010. */
  @ParameterizedTest
  @CsvSource({
    "none, inside, none, REFUSED, NONE_SET",
    "none, inside, right, REFUSED, NONE_SET",
    "networks, inside, none, ACCEPTED,",
    "networks, inside, wrong, ACCEPTED,",
    "networks, outside, none, REFUSED, NETWORK",
    "networks, outside, right, REFUSED, NETWORK",
    "password, outside, right, ACCEPTED,",
    "password, outside, wrong, REFUSED, PASSWORD",
    "password, outside, none, REFUSED, PASSWORD",
    "both, inside, none, ACCEPTED,",
    "both, inside, right, ACCEPTED,",
    "both, inside, wrong, REFUSED, PASSWORD",
    "both, outside, none, REFUSED, NETWORK",
    "both, outside, wrong, REFUSED, NETWORK",
    "both, outside, right, REFUSED, NETWORK",
    "unknown, inside, none, REFUSED, UNKNOWN_CUSTOMER",
    "unknown, inside, right, REFUSED, UNKNOWN_CUSTOMER"
  })
  void decidesByTheTable(
      String set,
      String from,
      String shown,
      AccessDecision decision,
      @Nullable RefusedBecause why) {
    boolean both = set.equals("both");
    if (!set.equals("unknown")) {
      policy(
          "acme",
          1,
          new AccessPolicy(
              both || set.equals("networks") ? List.of("192.0.2.0/24") : List.of(),
              both || set.equals("password") ? HASH : null));
    }
    String password = shown.equals("none") ? null : shown.equals("right") ? RIGHT : "feil";

    assertThat(call("acme", from.equals("inside") ? INSIDE : OUTSIDE, password))
        .isEqualTo(decision);

    assertThat(told).hasSize(1);
    assertThat(told.get(0).refusedBecause()).isEqualTo(why);
    assertThat(told.get(0).passwordWasRight())
        .isEqualTo(both && from.equals("outside") && shown.equals("right"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
  void knowsAllSpellingsOfBcrypt(String prefix) {
    policy("acme", 1, new AccessPolicy(List.of(), prefix + HASH.substring(4)));

    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2a$15$", "$2a$31$", "$2a$03$", "$2x$04$", "$1$04$", "riktig hest"})
  void findsNoPasswordRightForAHashItCannotUse(String start) {
    String hash = start.startsWith("$") ? start + HASH.substring(7) : start;
    policy("acme", 1, new AccessPolicy(List.of(), hash));

    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.REFUSED);
    assertThat(checked).as("as much work as for any other").hasSize(1);
  }

  @Test
  void takesAPasswordOfMoreThanSeventyTwoBytesForWrong() {
    String longest = "x".repeat(70) + "ø";
    policy(
        "acme", 1, new AccessPolicy(List.of(), BCrypt.hashpw(longest, BCrypt.gensalt("$2b", 4))));

    assertThat(call("acme", OUTSIDE, longest)).isEqualTo(AccessDecision.ACCEPTED);
    assertThat(call("acme", OUTSIDE, longest + "x")).isEqualTo(AccessDecision.REFUSED);
  }

  @Test
  void remembersARightPasswordUntilTheHashChanges() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    call("acme", OUTSIDE, RIGHT);
    nanos += TimeUnit.DAYS.toNanos(30);
    call("acme", OUTSIDE, RIGHT);
    assertThat(checked).hasSize(1);

    policy("acme", 2, new AccessPolicy(List.of(), BCrypt.hashpw("nytt", BCrypt.gensalt(4))));

    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.REFUSED);
    assertThat(checked).hasSize(2);
  }

  @Test
  void remembersAWrongPasswordForAMinute() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    call("acme", OUTSIDE, "feil");
    nanos += TimeUnit.MINUTES.toNanos(1) - 1;
    call("acme", OUTSIDE, "feil");
    assertThat(checked).hasSize(1);

    nanos += 1;

    call("acme", OUTSIDE, "feil");
    assertThat(checked).hasSize(2);
  }

  @Test
  void tellsAnAcceptedSourceOnceInTwelveHoursAndSealsWhereItIs() {
    policy("acme", 1, new AccessPolicy(List.of("192.0.2.0/24"), null));
    call("acme", INSIDE, null);
    nanos += TimeUnit.HOURS.toNanos(12) - 1;
    call("acme", INSIDE, null);
    assertThat(told).hasSize(1);
    AccessAttempt attempt = told.get(0);
    assertThat(attempt.isAccepted()).isTrue();
    assertThat(attempt.originIp()).doesNotContain(INSIDE);
    assertThat(
            keys.sealing()
                .open(
                    attempt.originIp(),
                    SealedField.ORIGIN_IP,
                    new MessageIdentity("acme", attempt.attemptId())))
        .isEqualTo(INSIDE);

    nanos += 1;
    call("acme", INSIDE, null);
    assertThat(told).hasSize(2);
  }

  @Test
  void tellsARightPasswordFromAWrongNetworkPastTheNoiseOnceAnHour() {
    policy("acme", 1, new AccessPolicy(List.of("192.0.2.0/24"), HASH));
    for (int i = 0; i < 40; i++) {
      call("nobody" + i, OUTSIDE, null);
    }
    assertThat(told).hasSize(30);

    call("acme", OUTSIDE, RIGHT);
    call("acme", OUTSIDE, RIGHT);

    assertThat(told).hasSize(31);
    assertThat(told.get(30).passwordWasRight()).isTrue();
    nanos += TimeUnit.HOURS.toNanos(1);
    call("acme", OUTSIDE, RIGHT);
    assertThat(told).hasSize(32);
  }

  @Test
  void tellsNoMoreThanThirtyRefusalsOfOneSourceAtOnceAndBoundsTheIds() {
    for (int i = 0; i < 40; i++) {
      call("x".repeat(100) + "\u0007" + i, OUTSIDE, null);
    }

    assertThat(told).hasSize(30);
    assertThat(told.get(0).customerId()).isEqualTo("x".repeat(64));
    assertThat(AccessAttempts.printable("a\u0007\ud800b")).isEqualTo("a??b");
  }

  @Test
  void takesAnIdThatIsTooLongForNobodysWhateverThePoliciesSay() {
    String longest = "x".repeat(64);
    policy(longest, 1, new AccessPolicy(List.of("192.0.2.0/24"), null));
    policy(longest + "x", 1, new AccessPolicy(List.of("192.0.2.0/24"), null));

    assertThat(call(longest, INSIDE, null)).isEqualTo(AccessDecision.ACCEPTED);
    assertThat(call(longest + "x", INSIDE, null)).isEqualTo(AccessDecision.REFUSED);
  }

  @Test
  void followsVersionsRemovalAndTheDefault() {
    policy("acme", 2, null);
    assertThat(call("acme", INSIDE, null)).isEqualTo(AccessDecision.REFUSED);
    policy("default", 1, new AccessPolicy(List.of("192.0.2.0/24"), null));
    assertThat(call("acme", INSIDE, null)).as("inherited").isEqualTo(AccessDecision.ACCEPTED);
    assertThat(call("default", INSIDE, null)).isEqualTo(AccessDecision.REFUSED);
    assertThat(call("nobody", INSIDE, null)).isEqualTo(AccessDecision.REFUSED);

    policy("acme", 3, new AccessPolicy(List.of(), null));
    assertThat(call("acme", INSIDE, null))
        .as("empty opens nothing")
        .isEqualTo(AccessDecision.REFUSED);
    policy("acme", 2, new AccessPolicy(List.of("192.0.2.0/24"), null));
    assertThat(call("acme", INSIDE, null)).as("older").isEqualTo(AccessDecision.REFUSED);
    policy("acme", 4, new AccessPolicy(List.of("192.0.2.0/24"), null));
    book.receive(Policy.removal("acme", 5, NOON.plusMillis(1)));
    assertThat(call("acme", INSIDE, null)).isEqualTo(AccessDecision.ACCEPTED);
    book.receive(Policy.removal("acme", 6, NOON));
    assertThat(call("acme", INSIDE, null)).isNotEqualTo(AccessDecision.ACCEPTED);
  }
}
