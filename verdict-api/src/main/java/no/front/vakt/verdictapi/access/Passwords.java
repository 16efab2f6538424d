package no.front.vakt.verdictapi.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import no.front.vakt.contract.KeyedHash;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Checks passwords, slowly, on the few threads of {@link PasswordThreads}, and remembers what it
 * found under a keyed hash of customer, password and password hash. One that lets its caller in is
 * remembered until any of the three changes or there is no room, everything else for a minute; what
 * callers showed who may not enter from where they are is remembered apart, so that a stolen
 * password takes as long there as a wrong one. Several that ask the same at once share one check.
 * Where there is nothing to check with, something of the usual cost is checked all the same and
 * found wrong, so that the time taken tells nothing. Thread-safe.
 */
final class Passwords implements AutoCloseable {
  private static final int MOST_REMEMBERED = 100_000;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final Duration UNTIL_IT_CHANGES = Duration.ofNanos(Long.MAX_VALUE);

  /**
   * One question: is this the password?
   *
   * @param key keyed hash of all that makes it this question; what answers are remembered by
   * @param password what was shown
   * @param hash what to check with; absent: nothing is right
   * @param mayEnter whether the right password would let this caller in
   * @param isCustomers whether there is such a customer
   */
  record Question(
      String key,
      String password,
      @Nullable PasswordHash hash,
      boolean mayEnter,
      boolean isCustomers) {
    /** Masked. */
    @Override
    public String toString() {
      return "Question[" + key + "]";
    }
  }

  private record Found(boolean isRight, boolean isLasting) {}

  private final KeyedHash hashing;
  private final BiPredicate<PasswordHash, String> check;
  private final PasswordThreads threads;
  private final Cache<String, Found> known;
  private final ConcurrentMap<String, CompletableFuture<Boolean>> checking =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, PasswordHash> nobodys = new ConcurrentHashMap<>();

  Passwords(KeyedHash hashing, AccessSettings settings) {
    this(hashing, settings, Ticker.systemTicker(), PasswordHash::matches);
  }

  /** By another clock, and telling what is checked; for tests. */
  Passwords(
      KeyedHash hashing,
      AccessSettings settings,
      Ticker ticker,
      BiPredicate<PasswordHash, String> check) {
    this.hashing = hashing;
    this.check = check;
    threads = new PasswordThreads(settings.passwordThreads(), settings.passwordQueue());
    known =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST_REMEMBERED)
            .expireAfter(
                Expiry.<String, Found>writing(
                    (key, found) -> found.isLasting ? UNTIL_IT_CHANGES : A_MINUTE))
            .build();
  }

  /**
   * Puts a question; nothing is checked yet.
   *
   * @param isCustomers whether there is such a customer
   * @param mayEnter whether the right password would let this caller in
   */
  Question question(
      String customerId,
      String password,
      @Nullable PasswordHash hash,
      boolean isCustomers,
      boolean mayEnter) {
    // No hash holds a NUL, nor does an id that exists, and the password comes last.
    String key =
        hashing.of(
            mayEnter || hash == null ? "door-password" : "door-password-outside",
            customerId.replace('\0', '?')
                + '\0'
                + (hash == null ? "" : hash.text())
                + '\0'
                + password);
    return new Question(key, password, hash, mayEnter, isCustomers);
  }

  /** What was found of a question before, if that is remembered. */
  Optional<Boolean> remembered(Question question) {
    return Optional.ofNullable(known.getIfPresent(question.key)).map(Found::isRight);
  }

  /**
   * Finds out whether a password is right.
   *
   * @param usualCost what a check for nobody costs
   * @return fails with {@link RejectedExecutionException} when too many wait already
   */
  CompletableFuture<Boolean> isRight(Question question, int usualCost) {
    PasswordHash hash = question.hash;
    if (!PasswordHash.isCheckable(question.password)) {
      return CompletableFuture.completedFuture(false);
    }
    Optional<Boolean> found = remembered(question);
    if (found.isPresent()) {
      return CompletableFuture.completedFuture(found.get());
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> first = checking.putIfAbsent(question.key, mine);
    if (first != null) {
      return first;
    }
    PasswordHash checked = hash == null ? nobodys(usualCost) : hash;
    try {
      threads.execute(
          question.isCustomers,
          () -> find(question, mine, () -> check.test(checked, question.password) && hash != null));
    } catch (RejectedExecutionException e) {
      checking.remove(question.key);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private void find(Question question, CompletableFuture<Boolean> asked, BooleanSupplier check) {
    try {
      boolean right = check.getAsBoolean();
      known.put(question.key, new Found(right, right && question.mayEnter));
      checking.remove(question.key);
      asked.complete(right);
    } catch (RuntimeException e) {
      checking.remove(question.key);
      asked.completeExceptionally(e);
    }
  }

  private PasswordHash nobodys(int cost) {
    return nobodys.computeIfAbsent(
        cost,
        rounds ->
            // Salted and filled with zeros: the work is that of any other hash of this cost.
            new PasswordHash(BCrypt.gensalt("$2b", rounds) + ".".repeat(31), rounds));
  }

  @Override
  public void close() {
    threads.close();
  }
}
