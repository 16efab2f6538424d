package no.front.vakt.contract.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import no.front.vakt.contract.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Reads named settings one by one, notes what is wrong with each, and throws once at the end: with
 * every problem, names nobody asked for included.
 */
public final class SettingsReader {
  private final String environmentPrefix;
  private final String whose;
  private final Map<String, String> values;
  private final Map<String, String> environment = new TreeMap<>();
  private final Set<String> known = new HashSet<>();
  private final Problems problems = new Problems();

  /**
   * Reads from a map of names and values, overridden by the process's environment.
   *
   * @param environmentPrefix a variable of this prefix and a setting's name in capitals overrides
   *     it
   * @param whose whose settings these are, as a problem tells it: {@code alerting}
   */
  public SettingsReader(
      String environmentPrefix,
      String whose,
      Map<String, String> values,
      Map<String, String> environment) {
    this.environmentPrefix = environmentPrefix;
    this.whose = whose;
    this.values = new TreeMap<>(values);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(environmentPrefix)) {
            this.environment.put(name, value);
          }
        });
  }

  /** A whole number between two bounds, both included. */
  public int whole(String name, int fallback, int least, int most) {
    String value = find(name);
    if (value == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, with the bounds
    }
    problems.add(name, "must be a whole number from " + least + " to " + most);
    return fallback;
  }

  /** A text, or a fallback. */
  public String text(String name, String fallback) {
    String value = find(name);
    return value == null ? fallback : value;
  }

  /** A text that must be there. */
  public String required(String name) {
    String value = find(name);
    problems.require(value != null, name, "is missing");
    return value == null ? "" : value;
  }

  /** A text that may be absent. */
  public @Nullable String findText(String name) {
    return find(name);
  }

  /** One of some words, or a fallback. */
  public String oneOf(String name, String fallback, List<String> words) {
    String value = text(name, fallback);
    if (words.contains(value)) {
      return value;
    }
    problems.add(name, "must be one of " + String.join(", ", words));
    return fallback;
  }

  /** A list with {@code ;} between its entries; empty when absent. */
  public List<String> list(String name) {
    String value = find(name);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(";")).map(String::strip).filter(e -> !e.isEmpty()).toList();
  }

  /** A file that must be named and readable. */
  public Path requiredFile(String name) {
    Path file = findFile(name);
    if (file == null) {
      if (find(name) == null) {
        problems.add(name, "is missing");
      }
      return Path.of("missing");
    }
    return file;
  }

  /** A file that need not be named, but must be readable when it is. */
  public @Nullable Path findFile(String name) {
    String value = find(name);
    if (value == null) {
      return null;
    }
    Path file = Path.of(value);
    if (Files.isRegularFile(file) && Files.isReadable(file)) {
      return file;
    }
    problems.add(name, "is not a readable file");
    return null;
  }

  /** Notes a problem that concerns more than one setting. */
  public void require(boolean claim, String name, String reason) {
    problems.require(claim, name, reason);
  }

  /** The settings that were asked for so far: what the manual must tell. */
  public Set<String> names() {
    return Set.copyOf(known);
  }

  /** Throws when anything was wrong, settings that nobody reads included. */
  public void finish() {
    Set<String> knownVariables = new HashSet<>();
    known.forEach(name -> knownVariables.add(variable(name)));
    values.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add(name, "is not a setting of " + whose));
    environment.keySet().stream()
        .filter(name -> !knownVariables.contains(name))
        .forEach(name -> problems.add(name, "is not a setting of " + whose));
    problems.throwIfAny();
  }

  private @Nullable String find(String name) {
    known.add(name);
    String value = environment.get(variable(name));
    if (value == null) {
      value = values.get(name);
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  private String variable(String name) {
    return environmentPrefix + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
