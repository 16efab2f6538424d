package no.front.vakt.alerting;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import no.front.vakt.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker in the process, on the loopback and unencrypted, with the topics alerting knows. */
public final class TestBroker implements AutoCloseable {
  private final Path directory;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;

  /** Starts on free ports with its data in a directory. */
  public TestBroker(Path directory) throws Exception {
    this.directory = directory;
    this.port = freePort();
    this.controllerPort = freePort();
    format();
    start();
    try (Admin admin = Admin.create(clientProperties())) {
      admin
          .createTopics(
              Arrays.stream(Topics.values())
                  .filter(topic -> topic.topicName().startsWith("vakt."))
                  .map(
                      topic ->
                          new NewTopic(topic.topicName(), topic.partitions(), (short) 1)
                              .configs(topic.settings()))
                  .toList())
          .all()
          .get();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void format() throws Exception {
    Files.createDirectories(directory);
    Formatter formatter = new Formatter();
    formatter.setClusterId(Uuid.randomUuid().toString());
    formatter.setNodeId(1);
    formatter.addDirectory(directory.toString());
    formatter.setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
    formatter.setControllerListenerName("CONTROLLER");
    formatter.setMetadataLogDirectory(directory.toString());
    formatter.setPrintStream(new PrintStream(OutputStream.nullOutputStream()));
    formatter.run();
  }

  /** Starts, or starts again on the same data and port. */
  public void start() {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    properties.put("log.dirs", directory.toString());
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    // A group of one need not wait three seconds for a second member.
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("auto.create.topics.enable", "false");
    properties.put("log.segment.bytes", String.valueOf(16 << 20));
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 << 20));
    properties.put("num.network.threads", "1");
    properties.put("num.io.threads", "2");
    server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
  }

  /** How clients reach it. */
  public Map<String, Object> clientProperties() {
    return Map.of("bootstrap.servers", "127.0.0.1:" + port);
  }

  /** Stops; its data stays. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
