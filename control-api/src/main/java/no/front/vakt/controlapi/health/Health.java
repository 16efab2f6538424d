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
      jdbc.sql(
              "SELECT count(*) AS unpublished, min(v.created_at) AS oldest"
                  + " FROM outbox o JOIN policy_version v USING (customer_id, version)")
          .query(
              row -> {
                found.put("unpublished", row.getLong("unpublished"));
                var oldest = row.getTimestamp("oldest");
                Instant since = oldest == null ? clock.instant() : oldest.toInstant();
                found.put(
                    "lagMillis", Math.max(0, Duration.between(since, clock.instant()).toMillis()));
              });
    } catch (DataAccessException e) {
      found.put("status", "down");
    }
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
