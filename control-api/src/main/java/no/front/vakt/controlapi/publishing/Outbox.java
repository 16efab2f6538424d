package no.front.vakt.controlapi.publishing;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.controlapi.rulebook.PolicyStore;
import no.front.vakt.controlapi.rulebook.RuleBook;
import no.front.vakt.controlapi.rulebook.StoredVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The outbox's tables as the publisher sees them, on the publisher's own connection: whoever loses
 * it loses the lock and can note nothing more. One thread.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Nearer than this, readers might not have a version before it is to judge. */
  private static final Duration TOO_NEAR = Duration.ofMillis(500);

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final PolicyStore store;

  /** A version that waits. */
  record Row(String customerId, long version, boolean isSending, @Nullable Instant sendingSince) {}

  Outbox(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.store = new PolicyStore(jdbc);
  }

  /** Everything that waits, in the order it was written. */
  List<Row> all() {
    return rows("SELECT * FROM outbox ORDER BY id");
  }

  /** The oldest of each customer. */
  List<Row> next() {
    return rows(
        "SELECT * FROM (SELECT DISTINCT ON (customer_id) * FROM outbox"
            + " ORDER BY customer_id, version) first ORDER BY id");
  }

  private List<Row> rows(String query) {
    return jdbc.sql(query)
        .query(
            (row, number) -> {
              var since = row.getTimestamp("sending_since");
              return new Row(
                  row.getString("customer_id"),
                  row.getLong("version"),
                  row.getString("state").equals("sending"),
                  since == null ? null : since.toInstant());
            })
        .list();
  }

  /** Notes that versions are about to be sent and from when they judge, before any of them is. */
  List<StoredVersion> sending(List<Row> rows, Instant now) {
    return transactions.execute(
        status -> {
          for (Row row : rows) {
            Instant soonest = now.plus(RuleBook.AHEAD).truncatedTo(ChronoUnit.MILLIS);
            jdbc.sql(
                    "UPDATE policy_version SET effective_from ="
                        + " CASE WHEN effective_from > :near THEN effective_from"
                        + " ELSE greatest(coalesce(wanted_from, :soonest), :soonest) END"
                        + " WHERE customer_id = :id AND version = :v")
                .param("near", PolicyStore.sql(now.plus(TOO_NEAR)))
                .param("soonest", PolicyStore.sql(soonest))
                .param("id", row.customerId())
                .param("v", row.version())
                .update();
            jdbc.sql(
                    "UPDATE outbox SET state = 'sending', sending_since = :now"
                        + " WHERE customer_id = :id AND version = :v")
                .param("now", PolicyStore.sql(now))
                .param("id", row.customerId())
                .param("v", row.version())
                .update();
          }
          return rows.stream()
              .map(row -> store.find(row.customerId(), row.version()).orElseThrow())
              .toList();
        });
  }

  /** Notes that versions are on the log. */
  void published(List<StoredVersion> versions, Instant now) {
    transactions.executeWithoutResult(
        status ->
            versions.forEach(v -> landed(v.customerId(), v.version(), v.effectiveFrom(), now)));
  }

  /**
   * Notes that a version is certainly not on the log: the same one is tried again, from a later
   * instant. One that cannot be sent as it is makes room for the one after it; whether it did.
   */
  boolean refused(StoredVersion version, SendFailure failure, Instant now) {
    Row row = new Row(version.customerId(), version.version(), false, null);
    Boolean isBurnt =
        transactions.execute(
            status -> {
              if (failure == SendFailure.RECORD_REFUSED && isOvertaken(row)) {
                burn(row, now);
                return true;
              }
              jdbc.sql(
                      "UPDATE outbox SET state = 'waiting', sending_since = NULL"
                          + " WHERE customer_id = :id AND version = :v")
                  .param("id", row.customerId())
                  .param("v", row.version())
                  .update();
              return false;
            });
    return Boolean.TRUE.equals(isBurnt);
  }

  private void landed(String customerId, long version, @Nullable Instant from, Instant at) {
    jdbc.sql(
            "UPDATE policy_version SET fate = 'published', published_at = :at,"
                + " effective_from = :from WHERE customer_id = :id AND version = :v")
        .param("at", PolicyStore.sql(at))
        .param("from", PolicyStore.sql(from), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", customerId)
        .param("v", version)
        .update();
    forget(customerId, version);
  }

  private void forget(String customerId, long version) {
    jdbc.sql("DELETE FROM outbox WHERE customer_id = :id AND version = :v")
        .param("id", customerId)
        .param("v", version)
        .update();
  }

  /**
   * Makes database and topic agree: takes in what only the topic knows, notes what landed, gives a
   * new version to what cannot be sent as it is, and to what the topic has lost.
   */
  void reconcile(TopicHistory topic, Instant now) {
    Map<String, Map<Long, String>> known = fates();
    for (String customerId : topic.customers()) {
      Map<Long, String> fates = known.getOrDefault(customerId, Map.of());
      if (topic.entries(customerId).stream()
          .anyMatch(entry -> !"published".equals(fates.get(entry.policy().version())))) {
        transactions.executeWithoutResult(status -> takeIn(customerId, topic, now));
      }
    }
    for (Row row : all()) {
      boolean isOld = row.version() <= topic.highest(row.customerId());
      if (isOld || row.isSending() && !isFarAhead(row, now)) {
        transactions.executeWithoutResult(status -> burn(row, now));
      }
    }
    newestVersions()
        .forEach(
            (customerId, version) -> {
              if (topic.last(customerId) < version) {
                transactions.executeWithoutResult(status -> restore(customerId, topic, now));
              }
            });
    jdbc.sql("INSERT INTO topic_history (imported_at) VALUES (:now) ON CONFLICT DO NOTHING")
        .param("now", PolicyStore.sql(now))
        .update();
  }

  private Map<String, Map<Long, String>> fates() {
    Map<String, Map<Long, String>> known = new HashMap<>();
    jdbc.sql("SELECT customer_id, version, fate FROM policy_version")
        .query(
            row -> {
              known
                  .computeIfAbsent(row.getString("customer_id"), id -> new HashMap<>())
                  .put(row.getLong("version"), row.getString("fate"));
            });
    return known;
  }

  private void takeIn(String customerId, TopicHistory topic, Instant now) {
    store.lock(customerId, now);
    int imported = 0;
    for (TopicHistory.Entry entry : topic.entries(customerId)) {
      long version = entry.policy().version();
      Optional<StoredVersion> stored = store.find(customerId, version);
      if (stored.isEmpty()) {
        store.insert(StoredVersion.imported(entry.policy(), entry.author(), entry.at()));
        imported++;
      } else if (!stored.get().isPublished() && isSame(stored.get(), entry)) {
        landed(customerId, version, entry.policy().effectiveFrom(), entry.at());
      }
    }
    store.raise(customerId, topic.highest(customerId));
    if (imported > 0) {
      LOG.info("{} versions of customer {} were read from the topic", imported, customerId);
    }
  }

  private static boolean isSame(StoredVersion stored, TopicHistory.Entry entry) {
    // Contacts are sealed with a random nonce: equal envelopes are the same record.
    return entry.publisher().equals(PolicyLog.PUBLISHER)
        && StoredVersion.content(entry.policy()).equals(stored.content());
  }

  private boolean isFarAhead(Row row, Instant now) {
    Instant from =
        store
            .find(row.customerId(), row.version())
            .map(StoredVersion::effectiveFrom)
            .orElse(Instant.MIN);
    return from.isAfter(now.plus(TOO_NEAR));
  }

  private void burn(Row row, Instant now) {
    long last = store.lock(row.customerId(), now);
    StoredVersion stored = store.find(row.customerId(), row.version()).orElseThrow();
    jdbc.sql("UPDATE policy_version SET fate = 'burnt' WHERE customer_id = :id AND version = :v")
        .param("id", row.customerId())
        .param("v", row.version())
        .update();
    forget(row.customerId(), row.version());
    if (isOvertaken(row)) {
      LOG.warn(
          "Version {} of customer {} was overtaken before it was published",
          row.version(),
          row.customerId());
      return;
    }
    publishAgain(stored, last + 1, now);
  }

  private boolean isOvertaken(Row row) {
    return jdbc.sql("SELECT count(*) FROM outbox WHERE customer_id = :id AND version > :v")
            .param("id", row.customerId())
            .param("v", row.version())
            .query(Long.class)
            .single()
        > 0;
  }

  private void publishAgain(StoredVersion stored, long version, Instant now) {
    store.insert(stored.again(version, now));
    store.enqueue(stored.customerId(), version);
    LOG.warn(
        "Version {} of customer {} is published again as version {}",
        stored.version(),
        stored.customerId(),
        version);
  }

  /** Of customers of whom nothing waits. */
  private Map<String, Long> newestVersions() {
    Map<String, Long> newest = new HashMap<>();
    jdbc.sql(
            "SELECT customer_id, max(version) AS newest FROM policy_version p WHERE NOT EXISTS"
                + " (SELECT 1 FROM outbox o WHERE o.customer_id = p.customer_id)"
                + " GROUP BY customer_id")
        .query(
            row -> {
              newest.put(row.getString("customer_id"), row.getLong("newest"));
            });
    return newest;
  }

  /** Publishes again what was published once and is not the last word on the topic any more. */
  private void restore(String customerId, TopicHistory topic, Instant now) {
    long last = store.lock(customerId, now);
    StoredVersion newest = store.newest(customerId).orElseThrow();
    if (newest.removed() && topic.last(customerId) < 0) {
      return;
    }
    publishAgain(newest, last + 1, now);
  }
}
