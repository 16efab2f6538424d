package no.front.vakt.standalone.outside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.standalone.up.HouseholdSettings;

/** A household's place of its own: directories nobody else uses, ports that were free. */
public final class OwnPlace {
  private final Path directory;
  private final Map<String, String> more;
  private final int httpsPort = freePort();
  private final int brokerPort = freePort();
  private final int controllerPort = freePort();
  private final Map<String, Integer> otherPorts = new LinkedHashMap<>();

  /** Makes the place below a directory. */
  public OwnPlace(Path parent, String name) throws IOException {
    this(parent, name, Map.of());
  }

  /** Makes the place below a directory, with settings of one's own beside those of the place. */
  public OwnPlace(Path parent, String name, Map<String, String> more) throws IOException {
    this.more = Map.copyOf(more);
    directory = parent.resolve(name);
    Files.createDirectories(directory.resolve("policies"));
    for (var key : List.of("control.port", "database.port", "mail.port", "mail.pagePort")) {
      otherPorts.put(key, freePort());
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("No port is free", e);
    }
  }

  /** All of it. */
  public Path directory() {
    return directory;
  }

  /** Its keys. */
  public Path keys() {
    return directory.resolve("keys");
  }

  /** Certificate of the authority behind its door. */
  public Path authority() {
    return keys().resolve("door").resolve("ca.crt");
  }

  /** The gateway's key. */
  public Path bearerKey() {
    return keys().resolve("gateway.key");
  }

  /** The staff key. */
  public Path staffKey() {
    return keys().resolve("staff.key");
  }

  /** Its checkpoints. */
  public Path checkpoints() {
    return directory.resolve("var").resolve("checkpoints");
  }

  /** Where policy files are watched. */
  public Path policies() {
    return directory.resolve("policies");
  }

  /** Port of its broker. */
  public int brokerPort() {
    return brokerPort;
  }

  /** Port of its door. */
  public int httpsPort() {
    return httpsPort;
  }

  /** Settings by key, as {@code --set} takes them. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(more);
    settings.put("data.directory", directory.resolve("var").toString());
    settings.put("keys.directory", keys().toString());
    settings.put("policies.directory", policies().toString());
    settings.put("https.port", String.valueOf(httpsPort));
    settings.put("broker.port", String.valueOf(brokerPort));
    settings.put("controller.port", String.valueOf(controllerPort));
    otherPorts.forEach((key, port) -> settings.put(key, String.valueOf(port)));
    return settings;
  }

  /** Its settings, read. */
  public HouseholdSettings householdSettings() {
    return HouseholdSettings.read(directory, Map.of(), settings());
  }
}
