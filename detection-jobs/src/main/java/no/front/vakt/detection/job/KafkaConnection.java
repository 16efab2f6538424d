package no.front.vakt.detection.job;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach the broker, as the principal of one module.
 *
 * @param bootstrapServers host:port list
 * @param security Kafka's own {@code security.protocol} and {@code ssl.*} settings
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> security)
    implements Serializable {
  /** Copies the settings. */
  public KafkaConnection {
    security = Map.copyOf(security);
  }

  /** All of it as client properties. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.putAll(security);
    return properties;
  }

  /** Never prints a password. */
  @Override
  public String toString() {
    return "KafkaConnection[" + bootstrapServers + "]";
  }
}
