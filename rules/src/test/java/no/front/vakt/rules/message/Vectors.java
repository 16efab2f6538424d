package no.front.vakt.rules.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the vectors under {@code urls/} of the test resources; their origins and licences stand in
 * NOTICE.txt there.
 */
final class Vectors {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  static List<String> lines(String resource) throws IOException {
    try (InputStream bytes = open(resource)) {
      return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))
          .lines()
          .toList();
    }
  }

  /** The objects of a JSON array; its strings are remarks. */
  static List<JsonNode> array(String resource) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    try (InputStream bytes = open(resource)) {
      JSON.readTree(bytes).forEach(objects::add);
    }
    objects.removeIf(each -> !each.isObject());
    return objects;
  }

  static List<JsonNode> jsonLines(String resource) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : lines(resource)) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  /** Rows of two or more tab-separated columns: the first is the key, the rest the value. */
  static Map<String, String> table(String resource) throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : lines(resource)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int tab = line.indexOf('\t');
        rows.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return rows;
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(Vectors.class.getResourceAsStream("/urls/" + resource), resource);
  }
}
