package no.front.vakt.controlapi.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * PostgreSQL as the control API sees it: a small pool, transactions, and migrations that wait in
 * the background until the server is there. While it is away every use fails within two seconds;
 * nothing has to be started again when it returns. Thread-safe.
 */
public final class Database implements AutoCloseable {
  /** The schema everything of ours lies in, beside those of others in the same database. */
  public static final String SCHEMA = "control";

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String MIGRATIONS = "classpath:no/front/vakt/controlapi/migrations";

  /** Below the two seconds in which a caller is to hear that the database is away. */
  private static final long CONNECTION_MILLIS = 1_500;

  private static final long VALIDATION_MILLIS = 1_000;
  private static final long BETWEEN_TRIES_MILLIS = 500;

  private final DatabaseSettings settings;
  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final CountDownLatch migrated = new CountDownLatch(1);
  private final Thread migrations;
  private volatile boolean isClosed;

  /** Starts to migrate and returns at once, whether the server is there or not. */
  public Database(DatabaseSettings settings) {
    this.settings = settings;
    HikariConfig config = new HikariConfig();
    config.setPoolName("control-api");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setSchema(SCHEMA);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(Math.min(2, settings.connections()));
    config.setConnectionTimeout(CONNECTION_MILLIS);
    config.setValidationTimeout(VALIDATION_MILLIS);
    config.setInitializationFailTimeout(-1);
    timeouts().forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
    pool = new HikariDataSource(config);
    jdbc = JdbcClient.create(pool);
    transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
    migrations = new Thread(this::migrateOnceItIsThere, "control-api-migrations");
    migrations.setDaemon(true);
    migrations.start();
  }

  private static Properties timeouts() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "vakt-control-api");
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  private void migrateOnceItIsThere() {
    String told = "";
    while (!isClosed) {
      try {
        Flyway.configure()
            .dataSource(pool)
            .locations(MIGRATIONS)
            .schemas(SCHEMA)
            .defaultSchema(SCHEMA)
            .load()
            .migrate();
        migrated.countDown();
        return;
      } catch (RuntimeException e) {
        String reason = e.getClass().getSimpleName();
        if (!isClosed && !reason.equals(told)) {
          told = reason;
          LOG.warn("The database cannot be migrated yet, trying on: {}", firstLine(e));
        }
      }
      try {
        Thread.sleep(BETWEEN_TRIES_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Whether the tables are there and as this release wants them. */
  public boolean isMigrated() {
    return migrated.getCount() == 0;
  }

  /** Waits for that; false when the time is up. */
  public boolean awaitMigrated(long millis) throws InterruptedException {
    return migrated.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Whether it answers now. */
  public boolean answers() {
    try {
      return isMigrated() && jdbc.sql("SELECT 1").query(Integer.class).single() == 1;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** For statements that stand alone; throws when the tables are not there yet. */
  public JdbcClient jdbc() {
    requireMigrated();
    return jdbc;
  }

  /** Runs statements in one transaction. */
  public <T> T inTransaction(Function<JdbcClient, T> work) {
    requireMigrated();
    return transactions.execute(status -> work.apply(jdbc));
  }

  private void requireMigrated() {
    if (!isMigrated()) {
      throw new DataAccessResourceFailureException("The database is not migrated yet");
    }
  }

  /** A connection beside the pool, for who holds one for long. */
  public Connection ownConnection() throws SQLException {
    Properties properties = timeouts();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    Connection connection = new org.postgresql.Driver().connect(settings.url(), properties);
    if (connection == null) {
      throw new SQLException("database.url is no address of PostgreSQL");
    }
    connection.setSchema(SCHEMA);
    return connection;
  }

  @Override
  public void close() {
    isClosed = true;
    migrations.interrupt();
    pool.close();
  }
}
