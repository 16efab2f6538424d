package no.front.vakt.verdictapi.access;

import io.github.bucket4j.TimeMeter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Submission;
import no.front.vakt.verdictapi.access.AccessBook.Access;
import no.front.vakt.verdictapi.access.Passwords.Question;
import no.front.vakt.verdictapi.clock.DoorClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether whoever calls the customer API is the customer: by the address it calls from, by the
 * password it shows, as the customer's access policy says (decision 0010 has the table). Nobody
 * waits on a thread: a password is checked elsewhere. An id nobody has is treated as a customer's
 * whose credential is wrong, with the same steps taken. Thread-safe.
 *
 * <p>Failed calls are limited, see {@link FailureAllowance}; a password that is remembered, right
 * or wrong, is answered without a limit, so that nobody can lock a customer out from beside it.
 */
public final class AccessCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessCheck.class);

  private final AccessBook book;
  private final KeyedHash hashing;
  private final Passwords passwords;
  private final AccessAttempts attempts;
  private final FailureAllowance allowance;

  /** Joins it to the policies and to where attempts are told. */
  public AccessCheck(
      AccessBook book, AccessSettings settings, KeyRing keys, AttemptLog log, DoorClock clock) {
    this(
        book,
        settings,
        keys.hashing(),
        new Passwords(keys.hashing(), settings),
        new AccessAttempts(log, keys, clock),
        TimeMeter.SYSTEM_NANOTIME);
  }

  /** With its parts; for tests. */
  AccessCheck(
      AccessBook book,
      AccessSettings settings,
      KeyedHash hashing,
      Passwords passwords,
      AccessAttempts attempts,
      TimeMeter time) {
    this.book = book;
    this.hashing = hashing;
    this.passwords = passwords;
    this.attempts = attempts;
    allowance = new FailureAllowance(settings, time);
  }

  /**
   * Checks a call.
   *
   * @param customerId the customer it claims to be, in the caller's own words: of any length, so
   *     nothing of it is kept but a hash
   * @param source where it comes from
   * @param password what it shows, if anything
   * @return the decision; always completes, and never exceptionally
   */
  public CompletableFuture<AccessDecision> check(
      String customerId, IpAddress source, @Nullable String password) {
    Access access =
        customerId.length() > Submission.MAX_ID_LENGTH ? null : book.find(customerId).orElse(null);
    boolean isInside = access != null && access.networks().contains(source);
    boolean mustShow = access == null || access.hasPassword() || !isInside;
    String pair = hashing.of("door-caller", source.subscriberBlock() + '\0' + customerId);
    if (password == null || password.isEmpty() || !mustShow) {
      return isInside
          ? accepted(customerId, source)
          : allowance.takeWithoutPassword(pair)
              ? refused(customerId, source, reason(access, isInside), false)
              : tooMany();
    }
    PasswordHash hash = access == null ? null : access.passwordHash();
    boolean mayEnter = access != null && (isInside || !access.hasNetworks());
    Question question = passwords.question(customerId, password, hash, access != null, mayEnter);
    RefusedBecause why = reason(access, isInside);
    Boolean known = passwords.remembered(question).orElse(null);
    if (known != null) {
      // Nothing is worked out, so nothing is limited: a system that keeps showing an old password
      // does not use up what the right one needs.
      return decided(customerId, source, known, mayEnter, why);
    }
    Optional<Runnable> taken = allowance.take(pair, source, question.key());
    if (taken.isEmpty()) {
      return tooMany();
    }
    Runnable giveBack = taken.get();
    return passwords
        .isRight(question, book.usualCost())
        .thenCompose(
            right -> {
              if (right && mayEnter) {
                giveBack.run();
              }
              return decided(customerId, source, right, mayEnter, why);
            })
        .exceptionally(
            failure -> {
              giveBack.run();
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              if (!(cause instanceof RejectedExecutionException)) {
                LOG.error("A password could not be checked: {}", cause.getClass().getSimpleName());
              }
              return AccessDecision.TOO_MANY;
            });
  }

  private CompletableFuture<AccessDecision> decided(
      String customerId, IpAddress source, boolean right, boolean mayEnter, RefusedBecause why) {
    return right && mayEnter
        ? accepted(customerId, source)
        : refused(customerId, source, why, right);
  }

  private static RefusedBecause reason(@Nullable Access access, boolean isInside) {
    if (access == null) {
      return RefusedBecause.UNKNOWN_CUSTOMER;
    }
    if (access.hasNetworks() && !isInside) {
      return RefusedBecause.NETWORK;
    }
    return access.hasPassword() ? RefusedBecause.PASSWORD : RefusedBecause.NONE_SET;
  }

  private CompletableFuture<AccessDecision> accepted(String customerId, IpAddress source) {
    attempts.accepted(customerId, source);
    return CompletableFuture.completedFuture(AccessDecision.ACCEPTED);
  }

  private CompletableFuture<AccessDecision> refused(
      String customerId, IpAddress source, RefusedBecause why, boolean passwordWasRight) {
    attempts.refused(customerId, source, why, passwordWasRight);
    return CompletableFuture.completedFuture(AccessDecision.REFUSED);
  }

  private static CompletableFuture<AccessDecision> tooMany() {
    return CompletableFuture.completedFuture(AccessDecision.TOO_MANY);
  }

  /** What is kept of callers that failed; for tests. */
  Set<String> callersKept() {
    return allowance.callersKept();
  }

  @Override
  public void close() {
    passwords.close();
  }
}
