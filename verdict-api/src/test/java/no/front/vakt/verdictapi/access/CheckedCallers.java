package no.front.vakt.verdictapi.access;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.clock.DoorClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** An access check with a clock, a log and passwords that a test holds in its hands. */
abstract class CheckedCallers {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final String RIGHT = "riktig hest";
  static final String HASH = BCrypt.hashpw(RIGHT, BCrypt.gensalt(4));
  static final String INSIDE = "192.0.2.7";
  static final String OUTSIDE = "203.0.113.9";

  final KeyRing keys = KeyRing.generate();
  final DoorClock clock = new DoorClock(Clock.fixed(NOON, ZoneOffset.UTC));
  final AccessBook book = new AccessBook(clock);
  final AccessSettings settings = new AccessSettings(3, 2, 2);
  final List<AccessAttempt> told = new ArrayList<>();
  final List<Integer> checked = new ArrayList<>();
  long nanos = TimeUnit.HOURS.toNanos(1);
  final Semaphore entered = new Semaphore(0);
  volatile CountDownLatch gate = new CountDownLatch(0);

  final TimeMeter time =
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

  final Passwords passwords =
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

  final AccessCheck check =
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

  void policy(String customerId, long version, @Nullable AccessPolicy access) {
    String json =
        "{\"customerId\":\""
            + customerId
            + "\",\"version\":"
            + version
            + (access == null ? "" : ",\"access\":" + WireJson.text(access))
            + "}";
    book.receive(WireJson.read(json, Policy.class));
  }

  AccessDecision call(String customerId, String from, @Nullable String password) {
    return check.check(customerId, IpAddress.find(from).orElseThrow(), password).join();
  }
}
