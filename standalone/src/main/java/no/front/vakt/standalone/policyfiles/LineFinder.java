package no.front.vakt.standalone.policyfiles;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import no.front.vakt.contract.WireJson;

/** On which line of a JSON text a field stands, by a path such as {@code rules[2].limit}. */
final class LineFinder {
  private final Map<String, Integer> lines = new HashMap<>();

  LineFinder(byte[] json) {
    try (var parser = WireJson.mapper().createParser(json)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
          var pointer = parser.getParsingContext().pathAsPointer().toString();
          lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The field's line; where it is absent, that of the nearest thing around it. */
  int lineOf(String path) {
    var pointer =
        path.isEmpty() ? "" : "/" + path.replace('.', '/').replace("[", "/").replace("]", "");
    while (!lines.containsKey(pointer) && !pointer.isEmpty()) {
      pointer = pointer.substring(0, pointer.lastIndexOf('/'));
    }
    return lines.getOrDefault(pointer, 1);
  }
}
