package no.front.vakt.verdictapi.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.clock.DoorClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class AccessCheckTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String RIGHT = "riktig hest";
  private static final String HASH = BCrypt.hashpw(RIGHT, BCrypt.gensalt(4));
  private static final String INSIDE = "192.0.2.7";
  private static final String OUTSIDE = "203.0.113.9";

  private final KeyRing keys = KeyRing.generate();
  private final DoorClock clock = new DoorClock(Clock.fixed(NOON, ZoneOffset.UTC));
  private final AccessBook book = new AccessBook(clock);
  private final AccessSettings settings = new AccessSettings(3, 2, 2);
  private final List<AccessAttempt> told = new ArrayList<>();
  private final List<Integer> checked = new ArrayList<>();
  private long nanos = TimeUnit.HOURS.toNanos(1);
  private final Semaphore entered = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private final TimeMeter time =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return nanos;
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };

  private final Passwords passwords =
      new Passwords(
          keys.hashing(),
          settings,
          () -> nanos,
          (hash, password) -> {
            entered.release();
            try {
              gate.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            synchronized (checked) {
              checked.add(hash.cost());
            }
            return hash.matches(password);
          });

  private final AccessCheck check =
      new AccessCheck(
          book,
          settings,
          keys.hashing(),
          passwords,
          new AccessAttempts(told::add, keys, clock, time),
          time);

  @AfterEach
  void close() {
    check.close();
  }

  private void policy(String customerId, long version, @Nullable AccessPolicy access) {
    String json =
        "{\"customerId\":\""
            + customerId
            + "\",\"version\":"
            + version
            + (access == null ? "" : ",\"access\":" + WireJson.text(access))
            + "}";
    book.receive(WireJson.read(json, Policy.class));
  }

  private AccessDecision call(String customerId, String from, @Nullable String password) {
    return check.check(customerId, IpAddress.find(from).orElseThrow(), password).join();
  }

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
  void keepsNothingOfAnIdButAHashOfOneLength() {
    policy("acme", 1, new AccessPolicy(List.of(), HASH));
    call("acme", OUTSIDE, "feil");
    call("x".repeat(60_000), OUTSIDE, "feil");
    call("y".repeat(60_000), OUTSIDE, null);

    assertThat(check.callersKept()).hasSize(3);
    assertThat(check.callersKept().stream().map(String::length).distinct()).hasSize(1);
    assertThat(check.callersKept()).allMatch(key -> key.length() < 100);
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
