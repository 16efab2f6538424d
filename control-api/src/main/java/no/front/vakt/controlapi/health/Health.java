package no.front.vakt.controlapi.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import no.front.vakt.controlapi.database.Database;
import no.front.vakt.controlapi.publishing.PolicyPublisher;
import no.front.vakt.controlapi.rulebook.RuleBook;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether the control API can do its work: database, broker, and how far the publisher is behind.
 * Looks at most once a second, however often it is asked. Thread-safe.
 */
public final class Health implements AutoCloseable {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int BROKER_MILLIS = 1_000;

  /** Longer than a send and the settling of it take when all is well. */
  private static final Duration LATE = Duration.ofSeconds(5);

  /**
   * The age of a copy is that of the first version whose content is not on the log: those of its
   * chain since the last that was published.
   */
  private static final String WAITING =
      "SELECT (SELECT count(*) FROM outbox) AS unpublished, min(a.created_at) AS oldest"
          + " FROM outbox o JOIN policy_version v USING (customer_id, version)"
          + " JOIN policy_version a ON a.customer_id = v.customer_id AND a.version <= v.version"
          + " AND (a.version IN (v.version, v.again_of) OR a.again_of = v.again_of)"
          + " WHERE a.fate <> 'published' AND NOT EXISTS (SELECT 1 FROM policy_version p"
          + " WHERE p.customer_id = v.customer_id AND p.version > a.version"
          + " AND (p.version = v.again_of OR p.again_of = v.again_of) AND p.fate = 'published')";

  private final Database database;
  private final RuleBook book;
  private final PolicyPublisher publisher;
  private final Clock clock;
  private final Admin admin;
  private Map<String, Object> facts = Map.of();
  private long lookedAt;

  /** Joins it to what it tells of. */
  public Health(
      Database database,
      RuleBook book,
      PolicyPublisher publisher,
      Map<String, Object> kafka,
      Clock clock) {
    this.database = database;
    this.book = book;
    this.publisher = publisher;
    this.clock = clock;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("request.timeout.ms", String.valueOf(BROKER_MILLIS));
    settings.put("default.api.timeout.ms", String.valueOf(BROKER_MILLIS));
    this.admin = Admin.create(settings);
  }

  /** What is so; {@code status} is {@code up} or {@code down}. */
  synchronized Map<String, Object> facts() {
    long now = System.nanoTime();
    if (facts.isEmpty() || now - lookedAt > FRESH.toNanos()) {
      facts = look();
      lookedAt = System.nanoTime();
    }
    return facts;
  }

  private Map<String, Object> look() {
    boolean isBrokerThere = isBrokerThere();
    boolean isDatabaseThere = database.answers();
    boolean isReady = isDatabaseThere && book.isReady();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("status", isReady && isBrokerThere ? "up" : "down");
    found.put("database", isDatabaseThere ? "reachable" : "unreachable");
    found.put("history", isReady ? "read" : "unread");
    found.put("broker", isBrokerThere ? "reachable" : "unreachable");
    found.put("publisher", publisher.state().name().toLowerCase(Locale.ROOT));
    if (isReady) {
      addLag(found);
    }
    return found;
  }

  private void addLag(Map<String, Object> found) {
    try {
      JdbcClient jdbc = database.jdbc();
      jdbc.sql(WAITING)
          .query(
              row -> {
                found.put("unpublished", row.getLong("unpublished"));
                var oldest = row.getTimestamp("oldest");
                Instant since = oldest == null ? clock.instant() : oldest.toInstant();
                Duration lag = Duration.between(since, clock.instant());
                found.put("lagMillis", Math.max(0, lag.toMillis()));
                boolean isLate = lag.compareTo(LATE) > 0 && !isPublishing();
                found.put("published", isLate ? "late" : "in-time");
                if (isLate) {
                  found.put("status", "down");
                }
              });
    } catch (DataAccessException e) {
      found.put("status", "down");
    }
  }

  /** A long queue that moves is no outage; of an instance that only stands by it is not known. */
  private boolean isPublishing() {
    return publisher.state() == PolicyPublisher.State.PUBLISHING && !publisher.isRefused();
  }

  private boolean isBrokerThere() {
    try {
      admin.describeCluster().clusterId().get(BROKER_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      return false;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
