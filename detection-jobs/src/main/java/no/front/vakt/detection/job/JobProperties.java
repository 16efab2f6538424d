package no.front.vakt.detection.job;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Consumer;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Problems;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The properties file of a job that runs apart: {@code kafka.*} for Kafka's clients, {@code
 * keys.directory}, {@code parallelism}, {@code checkpoint.seconds}, and the job's own settings
 * under its own prefix. Where checkpoints and savepoints lie is Flink's own setting ({@code
 * execution.checkpointing.dir}). All problems are told at once.
 */
public final class JobProperties {
  private static final String KAFKA = "kafka.";
  private static final String FLINK = "flink.";
  private static final String CHECKPOINTS = "execution.checkpointing.dir";
  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final int DEFAULT_CHECKPOINT_SECONDS = 10;
  private static final int BAD_SETTINGS = 2;

  private final Map<String, String> values;
  private final Map<String, String> kafka = new HashMap<>();
  private final Map<String, String> flink = new HashMap<>();
  private final Map<String, String> own = new HashMap<>();
  private final Problems problems = new Problems();

  private JobProperties(Map<String, String> values, String ownPrefix) {
    this.values = new HashMap<>(values);
    for (var name : new TreeSet<>(values.keySet())) {
      if (name.startsWith(KAFKA)) {
        kafka.put(name.substring(KAFKA.length()), this.values.remove(name));
      } else if (name.startsWith(FLINK)) {
        flink.put(name.substring(FLINK.length()), this.values.remove(name));
      } else if (name.startsWith(ownPrefix)) {
        own.put(name.substring(ownPrefix.length()), this.values.remove(name));
      }
    }
  }

  /**
   * What the file says.
   *
   * @param job the settings every job has
   * @param flink Flink's own
   * @param own those of this job, by names without their prefix
   */
  public record Read(JobSettings job, Map<String, String> flink, Map<String, String> own) {
    /** An environment with Flink's own settings: of the cluster, or local where there is none. */
    public StreamExecutionEnvironment environment() {
      return StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(flink));
    }
  }

  /**
   * Reads named values.
   *
   * @param ownPrefix how the names of the job's own settings start, as in {@code delivery.}
   * @throws InvalidRecordException with every problem there is, unknown names included
   */
  public static Read of(Map<String, String> values, String ownPrefix) {
    return new JobProperties(values, ownPrefix).read();
  }

  /** What a job is started with. */
  @FunctionalInterface
  public interface Start {
    /** Runs the job until it ends. */
    void run(Read settings) throws Exception;
  }

  /**
   * The body of a job's {@code main}: reads the file that is named and starts, or tells every
   * problem and returns 2.
   */
  public static int main(String[] arguments, String ownPrefix, Consumer<String> errors, Start start)
      throws Exception {
    if (arguments.length != 1) {
      errors.accept("name one properties file");
      return BAD_SETTINGS;
    }
    try {
      start.run(of(load(Path.of(arguments[0])), ownPrefix));
      return 0;
    } catch (IOException e) {
      errors.accept(arguments[0] + " cannot be read: " + e.getMessage());
    } catch (InvalidRecordException e) {
      e.problems().forEach(problem -> errors.accept(problem.toString()));
    }
    return BAD_SETTINGS;
  }

  private static Map<String, String> load(Path file) throws IOException {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    var values = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n).strip()));
    return values;
  }

  private Read read() {
    var bootstrap = kafka.get(BOOTSTRAP);
    problems.require(bootstrap != null && !bootstrap.isBlank(), KAFKA + BOOTSTRAP, "is missing");
    problems.require(flink.containsKey(CHECKPOINTS), FLINK + CHECKPOINTS, "is missing");
    var keys = Path.of(take("keys.directory", "keys"));
    problems.require(KeyRing.isIn(keys), "keys.directory", "holds no key sets: " + keys);
    int parallelism = number("parallelism", 1, 1, JobSettings.MAX_PARALLELISM);
    int seconds = number("checkpoint.seconds", DEFAULT_CHECKPOINT_SECONDS, 1, 600);
    new TreeSet<>(values.keySet()).forEach(name -> problems.add(name, "is not a setting"));
    problems.throwIfAny();
    var job =
        new JobSettings(
            new KafkaConnection(String.valueOf(bootstrap), kafka),
            keys,
            parallelism,
            Duration.ofSeconds(seconds));
    return new Read(job, Map.copyOf(flink), Map.copyOf(own));
  }

  private String take(String name, String byDefault) {
    var value = values.remove(name);
    return value == null || value.isEmpty() ? byDefault : value;
  }

  private int number(String name, int byDefault, int least, int most) {
    var text = take(name, String.valueOf(byDefault));
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, with the range
    }
    problems.add(name, "must be a whole number from " + least + " to " + most);
    return byDefault;
  }
}
