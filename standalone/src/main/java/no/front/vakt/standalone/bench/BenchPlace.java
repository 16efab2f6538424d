package no.front.vakt.standalone.bench;

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
final class BenchPlace {
  private final Path directory;
  private final int httpsPort = freePort();
  private final int brokerPort = freePort();
  private final int controllerPort = freePort();
  private final Map<String, Integer> otherPorts = new LinkedHashMap<>();

  BenchPlace(Path parent, String name) throws IOException {
    directory = parent.resolve(name);
    Files.createDirectories(directory.resolve("policies"));
    for (var key : List.of("control.port", "database.port", "mail.port", "mail.page-port")) {
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

  Path directory() {
    return directory;
  }

  Path keys() {
    return directory.resolve("keys");
  }

  Path authority() {
    return keys().resolve("door").resolve("ca.crt");
  }

  Path bearerKey() {
    return keys().resolve("gateway.key");
  }

  Path checkpoints() {
    return directory.resolve("var").resolve("checkpoints");
  }

  int httpsPort() {
    return httpsPort;
  }

  /** Settings by key, as {@code --set} takes them. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data.directory", directory.resolve("var").toString());
    settings.put("keys.directory", keys().toString());
    settings.put("policies.directory", directory.resolve("policies").toString());
    settings.put("https.port", String.valueOf(httpsPort));
    settings.put("broker.port", String.valueOf(brokerPort));
    settings.put("controller.port", String.valueOf(controllerPort));
    otherPorts.forEach((key, port) -> settings.put(key, String.valueOf(port)));
    return settings;
  }

  HouseholdSettings householdSettings() {
    return HouseholdSettings.read(directory, Map.of(), settings());
  }
}
