package no.front.vakt.controlapi.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.UnsealException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.database.Database;
import no.front.vakt.controlapi.http.ErrorCode;
import no.front.vakt.controlapi.http.Problem;
import no.front.vakt.controlapi.http.ProblemException;
import no.front.vakt.rules.policy.ShippedDefault;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The rule book: what stands for each customer, and the one way to change it. A change is a new
 * version and its line in the outbox, in one transaction; the publisher does the rest. Thread-safe.
 */
public final class RuleBook {
  /**
   * How far ahead of the clock a version comes into force: every reader has it before the first
   * message it judges (design decision 5).
   */
  public static final Duration AHEAD = Duration.ofSeconds(1);

  private static final Instant FAR = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int LONGEST_ID = 64;

  private final Database database;
  private final SealedContacts contacts;
  private final PublicationSignal signal;
  private final Clock clock;

  /** Once it has been read it stays read. */
  private volatile boolean isHistoryRead;

  /**
   * What a change led to.
   *
   * @param customerId whose policy
   * @param version the version that stands now
   * @param isNew whether a version was made; false: what was wanted stood already
   */
  public record Change(String customerId, long version, boolean isNew) {}

  /** The rule book cannot be reached or is not ready; trying again later helps. */
  public static final class UnavailableException extends RuntimeException {
    UnavailableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What a version is to be made of; without a policy: nothing is to change. */
  record Draft(
      @Nullable Policy policy, @Nullable Long rolledBackFrom, @Nullable Instant wantedFrom) {}

  /** Makes a draft of what stands, of the customer and of the default. */
  @FunctionalInterface
  interface Edit {
    Draft on(Optional<StoredVersion> newest, Policy inherited);
  }

  /** Joins the book to its database. */
  public RuleBook(Database database, Sealing sealing, PublicationSignal signal, Clock clock) {
    this.database = database;
    this.contacts = new SealedContacts(sealing);
    this.signal = signal;
    this.clock = clock;
  }

  /**
   * Whether changes can be made: the tables are there, and since this process started they were
   * seen to hold all that stands on the topic.
   */
  public boolean isReady() {
    try {
      return database.isMigrated() && signal.isAgreed() && isHistoryRead();
    } catch (DataAccessException e) {
      return false;
    }
  }

  /** Waits until changes can be made; false when the time is up. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    return signal.await(this::isReady, patience);
  }

  /**
   * Puts a policy on top of whatever stands; the same content makes no new version. For the process
   * this is embedded in, whose files have no notion of versions.
   *
   * @throws InvalidRecordException with every problem of the policy
   * @throws UnavailableException when it is not known to be written; put it again
   */
  public Change put(Policy policy, String author, @Nullable String reason) {
    return serve(
        policy.customerId(),
        author,
        reason,
        (newest, inherited) -> {
          Policy wanted = policy.published(0, null);
          Instant from = laterOnly(policy.effectiveFrom());
          boolean isSame =
              newest.isPresent()
                  && !newest.get().removed()
                  && isSame(newest.get(), wanted)
                  && (from == null || from.equals(newest.get().wantedFrom()));
          return isSame ? new Draft(null, null, null) : checked(wanted, inherited, from);
        });
  }

  /** Takes a customer's policy back, if one stands; throws as {@link #put}. */
  public Change remove(String customerId, String author, @Nullable String reason) {
    return serve(
        customerId,
        author,
        reason,
        (newest, inherited) ->
            newest.map(StoredVersion::removed).orElse(true)
                ? new Draft(null, null, null)
                : new Draft(Policy.removal(customerId, 0, null), null, null));
  }

  /** The newest policy of a customer, contacts opened; empty when none stands. */
  public Optional<Policy> find(String customerId) {
    try {
      requireAgreement();
      return newest(customerId).filter(stored -> !stored.removed()).map(this::opened);
    } catch (DataAccessException | TransactionException | ProblemException e) {
      throw new UnavailableException("The rule book cannot be read", e);
    }
  }

  /**
   * The newest version that an author wrote, though others may have written since, with what its
   * author asked for as {@code effectiveFrom}; it may be a removal.
   */
  public Optional<Policy> newestBy(String customerId, String author) {
    try {
      requireAgreement();
      return new PolicyStore(database.jdbc())
          .newestBy(customerId, author)
          .map(stored -> opened(stored).published(stored.version(), stored.wantedFrom()));
    } catch (DataAccessException | TransactionException | ProblemException e) {
      throw new UnavailableException("The rule book cannot be read", e);
    }
  }

  /**
   * Who wrote the policy that stands, by customer: with it a publisher of files knows which ones
   * are its own to take back. Throws as {@link #find}.
   */
  public Map<String, String> authors() {
    try {
      requireAgreement();
      return read(PolicyStore::authors);
    } catch (DataAccessException | TransactionException | ProblemException e) {
      throw new UnavailableException("The rule book cannot be read", e);
    }
  }

  private Change serve(String customerId, String author, @Nullable String reason, Edit edit) {
    try {
      return change(customerId, Precondition.NONE, author, reason, edit);
    } catch (ProblemException e) {
      if (e.problem().isWorthARetry()) {
        throw new UnavailableException(e.problem().code().sentence(), e);
      }
      throw new InvalidRecordException("", e.problem().code().sentence());
    } catch (DataAccessException | TransactionException e) {
      throw new UnavailableException("The change is not known to be made", e);
    }
  }

  /** What a person wrote, for a customer at a version. */
  Change write(
      String customerId,
      Precondition precondition,
      ObjectNode tree,
      String author,
      @Nullable String reason) {
    WrittenPolicy written = new WrittenPolicy(tree, customerId, precondition);
    Instant soonest = clock.instant().plus(AHEAD);
    return change(
        customerId,
        precondition,
        author,
        reason,
        (newest, inherited) -> written.draft(newest, inherited, soonest));
  }

  private @Nullable Instant laterOnly(@Nullable Instant asked) {
    return asked != null && asked.isAfter(clock.instant().plus(AHEAD)) ? asked : null;
  }

  private static Draft checked(Policy policy, Policy inherited, @Nullable Instant from) {
    List<FieldProblem> problems = PublishableCheck.problems(policy, inherited);
    if (!problems.isEmpty()) {
      throw new InvalidRecordException(problems);
    }
    return new Draft(policy, null, from);
  }

  /**
   * Brings the content of an old version back as a new one. Who may call as the customer stays as
   * it is today unless {@code withAccess}: a password that was changed may have been changed
   * because it was known.
   */
  Change rollBack(
      String customerId,
      Precondition precondition,
      long to,
      boolean withAccess,
      String author,
      @Nullable String reason) {
    return change(
        customerId,
        precondition,
        author,
        reason,
        (newest, inherited) -> {
          StoredVersion old =
              new PolicyStore(database.jdbc())
                  .find(customerId, to)
                  .orElseThrow(
                      () -> new InvalidRecordException("version", "is no version of this policy"));
          if (old.removed()) {
            throw new InvalidRecordException("version", "is a removal: use DELETE");
          }
          Policy wanted = opened(old).published(0, null);
          if (!withAccess) {
            wanted = wanted.withAccess(newest.map(s -> s.policy().access()).orElse(null));
          }
          Draft draft = checked(wanted, inherited, null);
          return new Draft(draft.policy(), to, null);
        });
  }

  /** Ends a customer's own policy. */
  Change remove(
      String customerId, Precondition precondition, String author, @Nullable String reason) {
    return change(
        customerId,
        precondition,
        author,
        reason,
        (newest, inherited) -> {
          if (newest.map(StoredVersion::removed).orElse(true)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
          }
          return new Draft(Policy.removal(customerId, 0, null), null, null);
        });
  }

  private Change change(
      String customerId,
      Precondition precondition,
      String author,
      @Nullable String reason,
      Edit edit) {
    requireId(customerId);
    requireAgreement();
    return database.inTransaction(
        jdbc -> {
          PolicyStore store = new PolicyStore(jdbc);
          Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
          long last = store.lock(customerId, now);
          Optional<StoredVersion> newest = store.newest(customerId);
          precondition.check(newest);
          Draft draft = edit.on(newest, inherited(store));
          if (draft.policy() == null) {
            long stands = newest.map(StoredVersion::version).orElse(0L);
            return new Change(customerId, stands, false);
          }
          Policy sealed = contacts.sealed(draft.policy());
          requireSize(sealed);
          StoredVersion version = StoredVersion.written(sealed, last + 1, author, reason, now);
          version = version.wantedFrom(draft.wantedFrom());
          Long old = draft.rolledBackFrom();
          store.insert(old == null ? version : version.rolledBackFrom(old));
          store.enqueue(customerId, version.version());
          return new Change(customerId, version.version(), true);
        });
  }

  private static void requireId(String customerId) {
    if (customerId.isBlank()
        || customerId.length() > LONGEST_ID
        || customerId.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidRecordException(
          "customerId", "must be 1 to 64 characters without control characters");
    }
  }

  private static void requireSize(Policy sealed) {
    if (WireJson.bytes(sealed.published(Policy.MAX_VERSION, FAR)).length > Policy.MAX_BYTES) {
      throw new ProblemException(Problem.of(ErrorCode.POLICY_TOO_LARGE));
    }
  }

  private static Policy inherited(PolicyStore store) {
    return store
        .newest(Policy.DEFAULT)
        .filter(stored -> !stored.removed())
        .map(StoredVersion::policy)
        .orElseGet(ShippedDefault::policy);
  }

  private boolean isHistoryRead() {
    if (!isHistoryRead) {
      isHistoryRead = new PolicyStore(database.jdbc()).isHistoryRead();
    }
    return isHistoryRead;
  }

  /** A database that was restored holds less than the topic, and says that it was read. */
  private void requireAgreement() {
    requireHistory();
    if (!signal.isAgreed()) {
      throw new ProblemException(ErrorCode.HISTORY_UNREAD);
    }
  }

  private void requireHistory() {
    if (!isHistoryRead()) {
      throw new ProblemException(ErrorCode.HISTORY_UNREAD);
    }
  }

  /** Waits a while for a version to be on the log; the version as it is then. */
  StoredVersion awaitPublished(Change change, Duration patience) throws InterruptedException {
    signal.await(
        () -> stored(change.customerId(), change.version()).fate() != StoredVersion.Fate.WAITING,
        patience);
    return stored(change.customerId(), change.version());
  }

  private StoredVersion stored(String customerId, long version) {
    return version(customerId, version)
        .orElseThrow(() -> new IllegalStateException("A version that was written is gone"));
  }

  /** The newest version of a customer, a removal included. */
  Optional<StoredVersion> newest(String customerId) {
    return read(store -> store.newest(customerId));
  }

  Optional<StoredVersion> version(String customerId, long version) {
    return read(store -> store.find(customerId, version));
  }

  List<StoredVersion> versionsBelow(String customerId, long below, int limit) {
    return read(store -> store.versionsBelow(customerId, below, limit));
  }

  List<PolicyStore.Listed> customersAfter(String after, int limit) {
    return read(store -> store.customersAfter(after, limit));
  }

  private <T> T read(Function<PolicyStore, T> query) {
    requireHistory();
    return query.apply(new PolicyStore(database.jdbc()));
  }

  /** The policy of a version, contacts opened. */
  Policy opened(StoredVersion stored) {
    return contacts.opened(stored.policy());
  }

  private boolean isSame(StoredVersion stored, Policy wanted) {
    try {
      return StoredVersion.content(opened(stored)).equals(StoredVersion.content(wanted));
    } catch (UnsealException | MissingKeyException e) {
      // Contacts that nobody can open any more are written anew.
      return false;
    }
  }
}
