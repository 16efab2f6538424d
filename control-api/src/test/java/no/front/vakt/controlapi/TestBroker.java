package no.front.vakt.controlapi;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import no.front.vakt.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;

/** A broker in the process, on the loopback and unencrypted, with all topics. */
public final class TestBroker implements AutoCloseable {
  private final Path directory;
  private final int port;
  private final int controllerPort;
  private final Gate gate;
  private KafkaRaftServer server;

  /** Starts on free ports with its data in a directory. */
  public TestBroker(Path directory) throws Exception {
    this.directory = directory;
    this.port = freePort();
    this.gate = new Gate(port);
    this.controllerPort = freePort();
    format();
    start();
    try (Admin admin = Admin.create(clientProperties())) {
      admin
          .createTopics(
              Arrays.stream(Topics.values())
                  .map(
                      topic ->
                          new NewTopic(
                                  topic.topicName(), Math.min(2, topic.partitions()), (short) 1)
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
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + gate.port());
    properties.put("authorizer.class.name", StandardAuthorizer.class.getName());
    properties.put("allow.everyone.if.no.acl.found", "true");
    properties.put("log.dirs", directory.toString());
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("auto.create.topics.enable", "false");
    properties.put("log.segment.bytes", String.valueOf(16 << 20));
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 << 20));
    properties.put("num.network.threads", "1");
    properties.put("num.io.threads", "2");
    server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
  }

  /** Makes a topic anew, with nothing in it. */
  public void loseTopic(Topics topic) throws Exception {
    try (Admin admin = Admin.create(clientProperties())) {
      admin.deleteTopics(List.of(topic.topicName())).all().get();
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic.topicName(), Math.min(2, topic.partitions()), (short) 1)
                      .configs(topic.settings())))
          .all()
          .get();
    }
  }

  /** Takes a right on a topic away from everybody, who keep all others. */
  public void deny(Topics topic, AclOperation operation) throws Exception {
    ResourcePattern resource =
        new ResourcePattern(ResourceType.TOPIC, topic.topicName(), PatternType.LITERAL);
    try (Admin admin = Admin.create(clientProperties())) {
      admin
          .createAcls(
              List.of(
                  new AclBinding(resource, entry(AclOperation.ALL, AclPermissionType.ALLOW)),
                  new AclBinding(resource, entry(operation, AclPermissionType.DENY))))
          .all()
          .get();
      await(admin, 2);
    }
  }

  private static AccessControlEntry entry(AclOperation operation, AclPermissionType permission) {
    return new AccessControlEntry("User:*", "*", operation, permission);
  }

  /** Gives all rights back. */
  public void allow() throws Exception {
    try (Admin admin = Admin.create(clientProperties())) {
      admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
      await(admin, 0);
    }
  }

  /** Until the broker itself knows of so many entries. */
  private static void await(Admin admin, int entries) {
    Awaitility.await()
        .until(() -> admin.describeAcls(AclBindingFilter.ANY).values().get().size() == entries);
  }

  /** Changes a setting of a topic. */
  public void set(Topics topic, String name, String value) throws Exception {
    try (Admin admin = Admin.create(clientProperties())) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
      admin
          .incrementalAlterConfigs(
              Map.of(
                  resource,
                  List.of(
                      new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
      Awaitility.await()
          .until(
              () ->
                  admin
                      .describeConfigs(List.of(resource))
                      .all()
                      .get()
                      .get(resource)
                      .get(name)
                      .value()
                      .equals(value));
    }
  }

  /** From now on whatever is produced is lost on the way, or no longer. */
  public void loseWhatIsProduced(boolean isLost) {
    gate.lose(isLost);
  }

  /** How clients reach it. */
  public Map<String, Object> clientProperties() {
    return Map.of("bootstrap.servers", "127.0.0.1:" + gate.port());
  }

  /** Stops; its data stays. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
