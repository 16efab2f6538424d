package no.front.vakt.verdictapi.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.IpAddress;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCrypt;

class AccessLimitsTest extends CheckedCallers {
  @Test
  void worksAsMuchForNobodyAsForACustomer() {
    policy("acme", 1, new AccessPolicy(List.of(), BCrypt.hashpw("annet", BCrypt.gensalt(5))));
    policy("bygg", 1, new AccessPolicy(List.of("192.0.2.0/24"), null));
    policy("tom", 1, new AccessPolicy(List.of(), null));
    int network = 0;
    for (String customer : List.of("acme", "bygg", "tom", "nobody")) {
      String from = "203.0.113." + network++;
      call(customer, from, "feil");
      assertThat(call(customer, from, "feil")).isEqualTo(AccessDecision.REFUSED);
      call(customer, from, null);
      call(customer, from, "enda feil");
      assertThat(call(customer, from, "helt feil")).isEqualTo(AccessDecision.TOO_MANY);
      assertThat(call(customer, from, "feil"))
          .as("remembered, so nothing is worked out")
          .isEqualTo(AccessDecision.REFUSED);
    }

    assertThat(checked).hasSize(8).containsOnly(5);
  }

  @Test
  void limitsASourceWhateverCustomersItMakesUp() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    for (int i = 0; i < 6; i++) {
      assertThat(call("nobody" + i, OUTSIDE, "feil")).isEqualTo(AccessDecision.REFUSED);
    }

    assertThat(call("nobody6", OUTSIDE, "feil")).isEqualTo(AccessDecision.TOO_MANY);
    assertThat(call("acme", OUTSIDE, "feil")).isEqualTo(AccessDecision.TOO_MANY);
    assertThat(call("acme", INSIDE, "feil")).as("another source").isEqualTo(AccessDecision.REFUSED);
    assertThat(checked).hasSize(7);
  }

  @Test
  void checksThePasswordThatComesAgainOutOfAReserve() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    for (int i = 0; i < 20; i++) {
      call("acme", OUTSIDE, "gjett" + i);
    }
    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.TOO_MANY);

    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
    assertThat(checked).hasSize(4);
    for (int i = 0; i < 20; i++) {
      call("acme", OUTSIDE, "gjett" + i);
    }
    assertThat(checked).as("three, the right one, and the reserve").hasSize(4 + 6);
    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
  }

  @Test
  void spendsNothingOnAWrongPasswordThatIsRemembered() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    for (int i = 0; i < 100; i++) {
      assertThat(call("acme", OUTSIDE, "gammelt")).isEqualTo(AccessDecision.REFUSED);
    }

    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
  }

  @Test
  void limitsTheWrongPasswordsOfASourceThatHasShownTheRightOne() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    call("acme", OUTSIDE, RIGHT);
    for (int i = 0; i < 10; i++) {
      call("acme", OUTSIDE, "feil" + i);
    }

    assertThat(checked).as("the right one and three wrong ones").hasSize(4);
  }

  @Test
  void takesAsLongForAStolenPasswordFromOutsideAsForAWrongOne() {
    policy("acme", 1, new AccessPolicy(List.of("192.0.2.0/24"), HASH));
    assertThat(call("acme", INSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
    for (int minute = 1; minute <= 3; minute++) {
      call("acme", OUTSIDE, RIGHT);
      call("acme", OUTSIDE, "feil");
      assertThat(checked).hasSize(1 + 2 * minute);
      call("acme", OUTSIDE, RIGHT);
      call("acme", OUTSIDE, "feil");
      assertThat(checked).hasSize(1 + 2 * minute);
      nanos += TimeUnit.MINUTES.toNanos(1);
    }
    assertThat(call("acme", INSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
    assertThat(checked).as("remembered where it lets in").hasSize(7);
  }

  @Test
  void keepsThePlacesOfCustomersFromMadeUpIds() throws Exception {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    gate = new CountDownLatch(1);
    List<CompletableFuture<AccessDecision>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(check.check("nobody" + i, IpAddress.find(OUTSIDE).orElseThrow(), "feil"));
    }
    entered.acquire(2);
    assertThat(call("nobody5", OUTSIDE, "feil")).isEqualTo(AccessDecision.TOO_MANY);

    CompletableFuture<AccessDecision> customers =
        check.check("acme", IpAddress.find(INSIDE).orElseThrow(), RIGHT);
    assertThat(customers).isNotDone();
    gate.countDown();

    assertThat(customers.join()).isEqualTo(AccessDecision.ACCEPTED);
    assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isEqualTo(AccessDecision.REFUSED));
  }

  @Test
  void limitsWhatFailsFromOneSourceAndNotTheOthers() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    for (int i = 0; i < 3; i++) {
      assertThat(call("acme", OUTSIDE, "feil" + i)).isEqualTo(AccessDecision.REFUSED);
    }

    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.TOO_MANY);
    assertThat(call("acme", INSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
    nanos += TimeUnit.SECONDS.toNanos(20);
    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
  }

  @Test
  void letsAVerifiedSourceThroughWhateverFailsBesideIt() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    call("acme", OUTSIDE, RIGHT);
    for (int i = 0; i < 10; i++) {
      call("acme", OUTSIDE, "feil" + i);
    }

    assertThat(call("acme", OUTSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
  }

  @Test
  void answersTooManyWhenTheQueueOfPasswordsIsFullButNotToTheVerified() throws Exception {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    call("acme", INSIDE, RIGHT);
    gate = new CountDownLatch(1);
    entered.acquire();
    List<CompletableFuture<AccessDecision>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(check.check("nobody" + i, IpAddress.find(OUTSIDE).orElseThrow(), "feil"));
      if (i < 2) {
        entered.acquire();
      }
    }

    assertThat(call("nobody5", OUTSIDE, "feil")).isEqualTo(AccessDecision.TOO_MANY);
    assertThat(call("acme", INSIDE, RIGHT)).isEqualTo(AccessDecision.ACCEPTED);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);

    gate.countDown();
    assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isEqualTo(AccessDecision.REFUSED));
  }

  @Test
  void keepsNothingOfAnIdButAHashOfOneLength() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    call("acme", OUTSIDE, "feil");
    call("x".repeat(60_000), OUTSIDE, "feil");
    call("y".repeat(60_000), OUTSIDE, null);

    assertThat(check.callersKept()).hasSize(3);
    assertThat(check.callersKept().stream().map(String::length).distinct()).hasSize(1);
    assertThat(check.callersKept()).allMatch(key -> key.length() < 100);
  }
}
