package no.front.vakt.controlapi.rulebook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rule book's tables. Works on whatever connection it is given; transactions are its callers'
 * business.
 */
public final class PolicyStore {
  private static final String COLUMNS =
      "customer_id, version, content, removed, author, reason, created_at, rolled_back_from,"
          + " again_of, wanted_from, effective_from, published_at, fate";

  private final JdbcClient jdbc;

  /** A customer in a list, with the newest version of its policy. */
  record Listed(String customerId, StoredVersion newest) {}

  /** Works on a connection or a pool of them. */
  public PolicyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes a customer known and waits for whoever changes it; its highest version so far. */
  public long lock(String customerId, Instant now) {
    jdbc.sql(
            "INSERT INTO customer (customer_id, created_at) VALUES (:id, :now) ON CONFLICT DO NOTHING")
        .param("id", customerId)
        .param("now", sql(now))
        .update();
    return jdbc.sql("SELECT last_version FROM customer WHERE customer_id = :id FOR UPDATE")
        .param("id", customerId)
        .query(Long.class)
        .single();
  }

  /** Notes that versions up to this one are used. */
  public void raise(String customerId, long version) {
    jdbc.sql(
            "UPDATE customer SET last_version = :version"
                + " WHERE customer_id = :id AND last_version < :version")
        .param("id", customerId)
        .param("version", version)
        .update();
  }

  /** The newest version of a customer's policy. */
  public Optional<StoredVersion> newest(String customerId) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM policy_version WHERE customer_id = :id ORDER BY version DESC LIMIT 1")
        .param("id", customerId)
        .query(PolicyStore::version)
        .optional();
  }

  /** The newest version that an author wrote. */
  Optional<StoredVersion> newestBy(String customerId, String author) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM policy_version WHERE customer_id = :id AND author = :author"
                + " ORDER BY version DESC LIMIT 1")
        .param("id", customerId)
        .param("author", author)
        .query(PolicyStore::version)
        .optional();
  }

  /** One version. */
  public Optional<StoredVersion> find(String customerId, long version) {
    return jdbc.sql(
            "SELECT " + COLUMNS + " FROM policy_version WHERE customer_id = :id AND version = :v")
        .param("id", customerId)
        .param("v", version)
        .query(PolicyStore::version)
        .optional();
  }

  /** Versions below one, newest first. */
  List<StoredVersion> versionsBelow(String customerId, long below, int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM policy_version WHERE customer_id = :id AND version < :below"
                + " ORDER BY version DESC LIMIT :limit")
        .param("id", customerId)
        .param("below", below)
        .param("limit", limit)
        .query(PolicyStore::version)
        .list();
  }

  /** Customers after one, in the order of their ids. */
  List<Listed> customersAfter(String after, int limit) {
    return jdbc.sql(
            "SELECT v.* FROM customer c CROSS JOIN LATERAL (SELECT "
                + COLUMNS
                + " FROM policy_version p WHERE p.customer_id = c.customer_id"
                + " ORDER BY version DESC LIMIT 1) v"
                + " WHERE c.customer_id > :after ORDER BY c.customer_id LIMIT :limit")
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> new Listed(row.getString("customer_id"), version(row, number)))
        .list();
  }

  /** Who wrote the policy that stands, of every customer who has one. */
  Map<String, String> authors() {
    Map<String, String> authors = new TreeMap<>();
    jdbc.sql(
            "SELECT customer_id, author FROM (SELECT DISTINCT ON (customer_id) customer_id, author,"
                + " removed FROM policy_version ORDER BY customer_id, version DESC) newest"
                + " WHERE NOT removed")
        .query(
            row -> {
              authors.put(row.getString("customer_id"), row.getString("author"));
            });
    return authors;
  }

  /** Highest version ever used, of every customer. */
  public Map<String, Long> lastVersions() {
    Map<String, Long> last = new HashMap<>();
    jdbc.sql("SELECT customer_id, last_version FROM customer")
        .query(
            row -> {
              last.put(row.getString("customer_id"), row.getLong("last_version"));
            });
    return last;
  }

  /** Writes a version and raises the customer's highest. */
  public void insert(StoredVersion stored) {
    jdbc.sql(
            "INSERT INTO policy_version ("
                + COLUMNS
                + ") VALUES (:id, :version, :content, :removed, :author, :reason, :created,"
                + " :rolledBackFrom, :againOf, :wanted, :effective, :published, :fate)")
        .param("id", stored.customerId())
        .param("version", stored.version())
        .param("content", stored.content())
        .param("removed", stored.removed())
        .param("author", stored.author())
        .param("reason", stored.reason())
        .param("created", sql(stored.createdAt()))
        .param("rolledBackFrom", stored.rolledBackFrom(), Types.BIGINT)
        .param("againOf", stored.againOf(), Types.BIGINT)
        .param("wanted", sql(stored.wantedFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("effective", sql(stored.effectiveFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("published", sql(stored.publishedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("fate", stored.fate().name().toLowerCase(Locale.ROOT))
        .update();
    raise(stored.customerId(), stored.version());
  }

  /** Puts a version into the outbox. */
  public void enqueue(String customerId, long version) {
    jdbc.sql("INSERT INTO outbox (customer_id, version, state) VALUES (:id, :v, 'waiting')")
        .param("id", customerId)
        .param("v", version)
        .update();
  }

  /** Whether the topic has been read into this database once. */
  public boolean isHistoryRead() {
    return jdbc.sql("SELECT count(*) FROM topic_history").query(Long.class).single() > 0;
  }

  /** An instant as a parameter. */
  public static @Nullable OffsetDateTime sql(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static StoredVersion version(ResultSet row, int number) throws SQLException {
    return new StoredVersion(
        row.getString("customer_id"),
        row.getLong("version"),
        row.getString("content"),
        row.getBoolean("removed"),
        row.getString("author"),
        row.getString("reason"),
        row.getTimestamp("created_at").toInstant(),
        whole(row, "rolled_back_from"),
        whole(row, "again_of"),
        instant(row, "wanted_from"),
        instant(row, "effective_from"),
        instant(row, "published_at"),
        StoredVersion.Fate.valueOf(row.getString("fate").toUpperCase(Locale.ROOT)));
  }

  private static @Nullable Long whole(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
