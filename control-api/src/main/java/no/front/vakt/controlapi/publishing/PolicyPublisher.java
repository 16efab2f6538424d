package no.front.vakt.controlapi.publishing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.front.vakt.controlapi.database.Database;
import no.front.vakt.controlapi.rulebook.PolicyStore;
import no.front.vakt.controlapi.rulebook.PublicationSignal;
import no.front.vakt.controlapi.rulebook.StoredVersion;
import no.front.vakt.controlapi.trouble.TroubleLog;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one writer of {@code vakt.policies}. Of several instances the one that holds a lock in
 * PostgreSQL publishes; it wakes when a change is committed, stores from when a version judges, and
 * only then sends it, per customer in the order of versions.
 *
 * <p>At start, and whenever it is not known whether a version reached the log, it reads the topic
 * to its end first: what landed is noted as it landed, what did not and would come too late is
 * given a new version. What the log certainly refused keeps its own. Both wait longer each time.
 * Thread of its own.
 */
public final class PolicyPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyPublisher.class);

  /** Any number will do that nobody else in the same database takes: "vakt" and 1. */
  private static final long LOCK = 0x76616b74_00000001L;

  private static final int MOST_AT_ONCE = 200;
  private static final int LISTEN_MILLIS = 250;
  private static final long BETWEEN_TRIES_MILLIS = 500;

  /** Longer than a record can still be on its way from a publisher that is gone. */
  private static final Duration LAST_ARRIVAL = PolicyLog.DELIVERY.plusSeconds(1);

  private final Backoff backoff = new Backoff();
  private final TroubleLog trouble =
      new TroubleLog(
          LOG, "The log does not take policies, trying on", "The log takes policies again");
  private final Database database;
  private final PublicationSignal signal;
  private final Clock clock;
  private final PolicyLog log;
  private final LastArrivals lastArrivals = new LastArrivals(LAST_ARRIVAL, System::nanoTime);
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile State state = State.STARTING;
  private String told = "";

  /** What it is doing. */
  public enum State {
    /** Not known yet. */
    STARTING,
    /** Another instance publishes. */
    STANDING_BY,
    /** Publishes what comes. */
    PUBLISHING,
    /** Waits for Kafka. */
    WITHOUT_LOG,
    /** Waits for PostgreSQL. */
    WITHOUT_DATABASE
  }

  /** Starts at once; waits by itself for whatever is away. */
  public PolicyPublisher(
      Database database, Map<String, Object> kafka, PublicationSignal signal, Clock clock) {
    this.database = database;
    this.signal = signal;
    this.clock = clock;
    this.log = new PolicyLog(kafka);
    this.thread = new Thread(this::run, "policy-publisher");
    thread.setDaemon(true);
    thread.start();
  }

  /** What it is doing now. */
  public State state() {
    return state;
  }

  /** Whether the log refused or may have lost something that still waits. */
  public boolean isRefused() {
    return !backoff.isEmpty();
  }

  private void become(State next) {
    if (state != next) {
      LOG.info("Publisher of policies: {}", next);
      state = next;
    }
  }

  private void run() {
    while (!isClosed) {
      try {
        if (database.awaitMigrated(LISTEN_MILLIS)) {
          lead();
        }
      } catch (InterruptedException e) {
        return;
      } catch (SQLException | RuntimeException e) {
        if (!isClosed) {
          become(isOfDatabase(e) ? State.WITHOUT_DATABASE : State.STARTING);
          tell(e);
          pause();
        }
      }
    }
  }

  /**
   * Once for each kind of failure in a row; one that is not an outage with all there is to know.
   */
  private void tell(Exception failure) {
    String kind = failure.getClass().getName();
    if (kind.equals(told)) {
      return;
    }
    told = kind;
    if (isOfDatabase(failure)) {
      LOG.warn("The publisher starts over: the database does not answer");
    } else {
      LOG.error("The publisher starts over", failure);
    }
  }

  private static boolean isOfDatabase(Exception failure) {
    return failure instanceof SQLException
        || failure instanceof DataAccessException
        || failure instanceof TransactionException;
  }

  private void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
  }

  private void lead() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      SingleConnectionDataSource single = new SingleConnectionDataSource(connection, true);
      JdbcClient jdbc = JdbcClient.create(single);
      if (!jdbc.sql("SELECT pg_try_advisory_lock(:lock)")
          .param("lock", LOCK)
          .query(Boolean.class)
          .single()) {
        standBy(jdbc);
        return;
      }
      jdbc.sql("LISTEN vakt_control_outbox").update();
      Outbox outbox = new Outbox(jdbc, new TransactionTemplate(new JdbcTransactionManager(single)));
      publish(outbox, connection.unwrap(PGConnection.class));
    } finally {
      log.giveUp();
    }
  }

  /** Whoever publishes made database and topic agree once; it may have been long ago. */
  private void standBy(JdbcClient jdbc) {
    try {
      if (signal.isAgreed() || log.readToTheEnd().isKnownTo(new PolicyStore(jdbc).lastVersions())) {
        signal.agreed();
        become(State.STANDING_BY);
      }
    } catch (KafkaException e) {
      become(State.WITHOUT_LOG);
      trouble.failed(e);
    }
    pause();
  }

  private void publish(Outbox outbox, PGConnection notifications) throws SQLException {
    boolean isCertain = false;
    while (!isClosed) {
      try {
        if (!isCertain) {
          isCertain = makeCertain(outbox);
          continue;
        }
        List<Outbox.Row> waiting = outbox.next();
        List<Outbox.Row> due = due(waiting);
        if (!due.isEmpty()) {
          isCertain = publish(outbox, due);
          continue;
        }
        if (waiting.isEmpty()) {
          become(State.PUBLISHING);
          told = "";
          trouble.well();
        } else if (state != State.PUBLISHING) {
          become(State.WITHOUT_LOG);
        }
        notifications.getNotifications(LISTEN_MILLIS);
      } catch (KafkaException e) {
        become(State.WITHOUT_LOG);
        trouble.failed(e);
        isCertain = false;
        log.giveUp();
        pause();
      }
    }
  }

  private List<Outbox.Row> due(List<Outbox.Row> waiting) {
    backoff.retain(waiting.stream().map(Outbox.Row::customerId).toList());
    return waiting.stream()
        .filter(row -> backoff.isDue(row.customerId(), clock.instant()))
        .limit(MOST_AT_ONCE)
        .toList();
  }

  /** Reads the topic once nothing of a former publisher, this one included, can arrive any more. */
  private boolean makeCertain(Outbox outbox) {
    log.giveUp();
    if (!lastArrivals.areOver(outbox.all())) {
      pause();
      return false;
    }
    outbox.reconcile(log.readToTheEnd(), clock.instant());
    log.warmUp();
    signal.agreed();
    return true;
  }

  /** Sends the oldest version of each of some customers; false: not known what became of them. */
  private boolean publish(Outbox outbox, List<Outbox.Row> rows) {
    List<StoredVersion> versions = outbox.sending(rows, clock.instant());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    List<StoredVersion> landed = new ArrayList<>();
    Map<StoredVersion, SendFailure> failed = new LinkedHashMap<>();
    for (StoredVersion version : versions) {
      sent.add(log.send(version));
    }
    for (int i = 0; i < sent.size(); i++) {
      SendFailure failure = failure(sent.get(i));
      if (failure == null) {
        landed.add(versions.get(i));
      } else {
        failed.put(versions.get(i), failure);
      }
    }
    outbox.published(landed, clock.instant());
    landed.forEach(version -> backoff.landed(version.customerId()));
    failed.forEach((version, failure) -> settle(outbox, version, failure));
    signal.published();
    become(landed.isEmpty() ? State.WITHOUT_LOG : State.PUBLISHING);
    return !failed.containsValue(SendFailure.UNKNOWN);
  }

  private void settle(Outbox outbox, StoredVersion version, SendFailure failure) {
    backoff.failed(version.customerId(), failure, clock.instant());
    if (failure != SendFailure.UNKNOWN && outbox.refused(version, failure, clock.instant())) {
      backoff.settled(version.customerId());
    }
  }

  /** What a send failed with; null: it landed. */
  private @Nullable SendFailure failure(Future<RecordMetadata> record) {
    try {
      record.get(LAST_ARRIVAL.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException | TimeoutException e) {
      trouble.failed(e);
      return SendFailure.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
      return SendFailure.UNKNOWN;
    }
  }

  /** Finishes what is on its way and lets another instance take over. */
  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join(LAST_ARRIVAL.multipliedBy(2).toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(LAST_ARRIVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
  }
}
