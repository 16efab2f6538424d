package no.front.vakt.rules.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the name lists shipped under {@code urls/}: one name a line, {@code #} or {@code //} starts
 * a comment line.
 */
final class ListedNames {

  private ListedNames() {}

  static Set<String> in(String resource) {
    Set<String> names = new LinkedHashSet<>();
    for (String line : lines(resource)) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#") && !name.startsWith("//")) {
        names.add(name);
      }
    }
    return Set.copyOf(names);
  }

  /** Every line of the resource; a missing resource is a broken build and fails at once. */
  static List<String> lines(String resource) {
    try (InputStream bytes = ListedNames.class.getResourceAsStream("/urls/" + resource)) {
      if (bytes == null) {
        throw new IllegalStateException("The list urls/" + resource + " is missing from the jar.");
      }
      return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
