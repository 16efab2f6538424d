package no.front.vakt.rules.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Small questions about JSON values. */
final class JsonNodes {
  private JsonNodes() {}

  static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }

  static JsonNode number(int value) {
    return IntNode.valueOf(value);
  }

  static boolean holds(JsonNode list, JsonNode value) {
    for (JsonNode element : list) {
      if (element.equals(value)) {
        return true;
      }
    }
    return false;
  }

  static boolean holdsAll(JsonNode list, JsonNode values) {
    for (JsonNode value : values) {
      if (!holds(list, value)) {
        return false;
      }
    }
    return true;
  }
}
