package no.front.vakt.verdictapi.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import no.front.vakt.contract.KeyedHash;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Checks passwords, slowly, on a few threads of its own with a short queue, and remembers what it
 * found under a keyed hash of customer, password and password hash: a right one until any of the
 * three changes or there is no room, a wrong one for a minute. Several that ask the same at once
 * share one check. Where there is nothing to check with, something of the usual cost is checked all
 * the same and found wrong, so that the time taken tells nothing. Thread-safe.
 */
final class Passwords implements AutoCloseable {
  private static final int MOST_REMEMBERED = 100_000;
  private static final Duration WRONG_FOR = Duration.ofMinutes(1);
  private static final Duration UNTIL_IT_CHANGES = Duration.ofNanos(Long.MAX_VALUE);

  private final KeyedHash hashing;
  private final BiPredicate<PasswordHash, String> check;
  private final ThreadPoolExecutor pool;
  private final Cache<String, Boolean> known;
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
    pool =
        new ThreadPoolExecutor(
            settings.passwordThreads(),
            settings.passwordThreads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.passwordQueue()),
            task -> {
              Thread thread = new Thread(task, "door-passwords");
              thread.setDaemon(true);
              return thread;
            });
    known =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST_REMEMBERED)
            .expireAfter(
                Expiry.<String, Boolean>writing(
                    (key, right) -> right ? UNTIL_IT_CHANGES : WRONG_FOR))
            .build();
  }

  /** What was found of a password before, if that is remembered. */
  Optional<Boolean> remembered(String customerId, String password, @Nullable PasswordHash hash) {
    return Optional.ofNullable(known.getIfPresent(key(customerId, password, hash)));
  }

  /**
   * Finds out whether a password is right.
   *
   * @param hash what to check with; absent: nothing is right
   * @param usualCost what a check for nobody costs
   * @return fails with {@link RejectedExecutionException} when too many wait already
   */
  CompletableFuture<Boolean> isRight(
      String customerId, String password, @Nullable PasswordHash hash, int usualCost) {
    if (!PasswordHash.isCheckable(password)) {
      return CompletableFuture.completedFuture(false);
    }
    PasswordHash checked = hash == null ? nobodys(usualCost) : hash;
    String key = key(customerId, password, hash);
    Boolean found = known.getIfPresent(key);
    if (found != null) {
      return CompletableFuture.completedFuture(found);
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> first = checking.putIfAbsent(key, mine);
    if (first != null) {
      return first;
    }
    try {
      pool.execute(() -> find(key, mine, () -> check.test(checked, password) && hash != null));
    } catch (RejectedExecutionException e) {
      checking.remove(key);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private void find(String key, CompletableFuture<Boolean> asked, BooleanSupplier check) {
    try {
      boolean right = check.getAsBoolean();
      known.put(key, right);
      checking.remove(key);
      asked.complete(right);
    } catch (RuntimeException e) {
      checking.remove(key);
      asked.completeExceptionally(e);
    }
  }

  private String key(String customerId, String password, @Nullable PasswordHash hash) {
    // No hash holds a NUL, nor does an id that exists, and the password comes last.
    return hashing.of(
        "door-password",
        customerId.replace('\0', '?') + '\0' + (hash == null ? "" : hash.text()) + '\0' + password);
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
    pool.shutdownNow();
  }
}
