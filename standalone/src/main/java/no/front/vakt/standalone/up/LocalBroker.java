package no.front.vakt.standalone.up;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller inside this process, on loopback, kept across restarts in one
 * directory. Both listeners speak TLS 1.3 and want a certificate of the household; whoever has no
 * rule may do nothing.
 */
public final class LocalBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalBroker.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int NODE_ID = 1;

  /** Small segments: after a crash the broker reads the newest one of every partition again. */
  private static final int SEGMENT_BYTES = 32 << 20;

  /**
   * Enough for a segment of that size at one entry per 4 KiB; the default of 10 MiB is mapped per
   * partition.
   */
  private static final int INDEX_BYTES = 256 << 10;

  private final Supplier<KafkaRaftServer> starting;
  private final Certificates certificates;
  private final int port;
  private final String clusterId;
  private KafkaRaftServer server;

  private LocalBroker(
      Supplier<KafkaRaftServer> starting, Certificates certificates, int port, String clusterId) {
    this.starting = starting;
    this.server = starting.get();
    this.certificates = certificates;
    this.port = port;
    this.clusterId = clusterId;
  }

  /** Starts the broker and returns when it takes records. */
  public static LocalBroker start(
      Path directory, int port, int controllerPort, Certificates certificates) {
    format(directory);
    endTheProcessWhenTheBrokerCannotGoOn();
    var configuration = configuration(directory, port, controllerPort, certificates);
    return new LocalBroker(() -> server(configuration), certificates, port, clusterId(directory));
  }

  private static KafkaRaftServer server(Map<String, String> configuration) {
    var server = new KafkaRaftServer(new KafkaConfig(configuration, false), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      server.awaitShutdown();
      throw new Refusal("The broker did not start: %s.".formatted(e.getMessage()), e);
    }
  }

  /** Does something while the broker is away, then brings it back; to prove what an outage does. */
  void away(Runnable meanwhile) {
    close();
    try {
      meanwhile.run();
    } finally {
      server = starting.get();
    }
  }

  /**
   * On a full disk or a broken log Kafka gives up; a clean crash is what every part recovers from.
   */
  private static void endTheProcessWhenTheBrokerCannotGoOn() {
    Exit.Procedure end =
        (status, message) -> {
          LOG.error(
              "The broker cannot go on (is the disk full?), so Vakt ends here; the log file has the details.");
          Runtime.getRuntime().halt(1);
        };
    Exit.setExitProcedure(end);
    Exit.setHaltProcedure(end);
  }

  /** Settings for a client that connects in this member's name. */
  public Map<String, String> connection(Member member) {
    return connection(certificates, port, member);
  }

  /**
   * Settings for a client outside the household's process that connects with the household's own
   * hands: it may read and write everything.
   */
  public static Map<String, String> connectionOfHousehold(Path keys, int port) {
    return connection(Certificates.in(keys), port, Member.HOUSEHOLD);
  }

  private static Map<String, String> connection(
      Certificates certificates, int port, Member member) {
    var settings = new HashMap<>(certificates.kafkaTls(member));
    settings.put("bootstrap.servers", LOOPBACK + ":" + port);
    settings.put("security.protocol", "SSL");
    return Map.copyOf(settings);
  }

  /**
   * Names this log; a new directory is another log, and positions in the old one mean nothing
   * there.
   */
  public String clusterId() {
    return clusterId;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Map<String, String> configuration(
      Path directory, int port, int controllerPort, Certificates certificates) {
    var settings = new HashMap<>(certificates.kafkaTls(Member.BROKER));
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE_ID));
    settings.put(
        "controller.quorum.voters", "%d@%s:%d".formatted(NODE_ID, LOOPBACK, controllerPort));
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "SSL://%s:%d,CONTROLLER://%s:%d".formatted(LOOPBACK, port, LOOPBACK, controllerPort));
    settings.put("advertised.listeners", "SSL://%s:%d".formatted(LOOPBACK, port));
    settings.put("listener.security.protocol.map", "SSL:SSL,CONTROLLER:SSL");
    settings.put("inter.broker.listener.name", "SSL");
    settings.put("ssl.client.auth", "required");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("allow.everyone.if.no.acl.found", "false");
    settings.put("super.users", Member.BROKER.principal() + ";" + Member.HOUSEHOLD.principal());
    settings.put("log.dirs", directory.toString());
    settings.put("log.segment.bytes", String.valueOf(SEGMENT_BYTES));
    settings.put("log.index.size.max.bytes", String.valueOf(INDEX_BYTES));
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("num.recovery.threads.per.data.dir", "2");
    // After a crash the controller waits this long before it takes the same broker again, which
    // asks after 0.1, 0.3,
    // 0.7, 1.5 and 3.1 s. Shorter, and a long pause of this process would count as a lost broker.
    settings.put("broker.session.timeout.ms", "2900");
    settings.put("broker.heartbeat.interval.ms", "500");
    // A node alone needs no heartbeat records in its metadata log.
    settings.put("metadata.max.idle.interval.ms", "0");
    return settings;
  }

  /**
   * Formats beside and moves into place: a crash in between leaves nothing that looks like a
   * broker.
   */
  private static void format(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    if (Files.exists(directory)) {
      throw new Refusal(
          "%s is there but is no broker's directory: move it away and the next start makes a new one."
              .formatted(directory));
    }
    var beside = directory.resolveSibling("." + directory.getFileName() + ".new");
    try {
      Directories.delete(beside);
      OwnerOnly.directory(beside);
      var formatter = new Formatter();
      formatter
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE_ID)
          .addDirectory(beside.toString())
          .setMetadataLogDirectory(beside.toString())
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setControllerListenerName("CONTROLLER")
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
      Files.move(beside, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (Exception e) {
      throw new Refusal(
          "The broker's directory %s cannot be made: %s.".formatted(directory, e.getMessage()), e);
    }
  }

  private static String clusterId(Path directory) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(directory.resolve("meta.properties"))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("cluster.id");
  }
}
