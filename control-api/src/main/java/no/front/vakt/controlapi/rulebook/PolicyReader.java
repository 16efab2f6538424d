package no.front.vakt.controlapi.rulebook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.rule.RuleKind;

/**
 * Reads a policy that a person wrote, stricter than a topic is read: a name nobody knows is told,
 * and every part that does not read is told at once. What does not read is left out of the policy,
 * so that the rest can be checked too.
 */
public final class PolicyReader {
  private static final ObjectReader TREES =
      WireJson.mapper().reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Map<String, JavaType> FIELDS = components(Policy.class);
  private static final Set<String> RULE_HEAD =
      Set.of("id", "kind", "version", "state", "action", "share", "locked", "bounds");

  private final Problems problems = new Problems();

  /** What was read, and what is wrong with it so far. */
  record Read(Policy policy, List<FieldProblem> problems) {}

  private PolicyReader() {}

  private static Map<String, JavaType> components(Class<?> type) {
    Map<String, JavaType> fields = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.put(component.getName(), WireJson.mapper().constructType(component.getGenericType()));
    }
    return fields;
  }

  /**
   * What is wrong with a policy as a person wrote it, names nobody knows included; for whoever
   * takes policies from elsewhere than a request.
   */
  public static List<FieldProblem> problems(byte[] written, String customerId) {
    try {
      return read(object(written), customerId).problems();
    } catch (InvalidRecordException e) {
      return e.problems();
    }
  }

  /** The JSON object in a body; throws {@link InvalidRecordException} with line and column. */
  static ObjectNode object(byte[] body) {
    try {
      JsonNode tree = body.length == 0 ? null : TREES.readTree(body);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidRecordException("", "is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new InvalidRecordException(
          "",
          e.getLocation() == null
              ? "is not valid JSON"
              : "is not valid JSON (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")");
    } catch (IOException e) {
      throw new InvalidRecordException("", "cannot be read");
    }
  }

  /** Reads a policy of a customer, whose id need not be repeated in it. */
  static Read read(ObjectNode tree, String customerId) {
    PolicyReader reader = new PolicyReader();
    ObjectNode readable = tree.deepCopy();
    reader.leaveOutTheUnreadable(readable);
    JsonNode id = readable.get("customerId");
    reader.problems.require(
        id == null || id.textValue().equals(customerId),
        "customerId",
        "is not the customer of the path");
    readable.put("customerId", customerId);
    try {
      Policy policy = WireJson.read(WireJson.bytes(readable), Policy.class);
      reader.nameUnknownParameters(policy);
      return new Read(policy, reader.problems.list());
    } catch (InvalidRecordException e) {
      e.problems().forEach(problem -> reader.problems.add(problem.field(), problem.reason()));
      throw new InvalidRecordException(reader.problems.list());
    }
  }

  private void leaveOutTheUnreadable(ObjectNode tree) {
    for (String name : names(tree)) {
      JavaType type = FIELDS.get(name);
      JsonNode value = tree.get(name);
      if (type == null) {
        problems.add(name, unknown(name, FIELDS.keySet()));
        tree.remove(name);
      } else if (value.isNull()) {
        tree.remove(name);
      } else if (type.isCollectionLikeType()) {
        if (!(value instanceof ArrayNode list)) {
          problems.add(name, "is not a list");
          tree.remove(name);
        } else {
          readElements(name, list, type.getContentType());
        }
      } else if (!reads(name, value, type)) {
        tree.remove(name);
      }
    }
  }

  private void readElements(String name, ArrayNode list, JavaType type) {
    for (int i = 0; i < list.size(); i++) {
      String path = name + "[" + i + "]";
      if (list.get(i).isNull()) {
        problems.add(path, "is empty");
      } else if (!reads(path, list.get(i), type)) {
        // Its place is kept, so that the paths of those behind it stay true.
        list.setNull(i);
      }
    }
  }

  private boolean reads(String path, JsonNode value, JavaType type) {
    if (value instanceof ObjectNode object && type.getRawClass().isRecord()) {
      Set<String> known = components(type.getRawClass()).keySet();
      for (String name : names(object)) {
        problems.require(known.contains(name), path + "." + name, unknown(name, known));
      }
    }
    try {
      WireJson.mapper().readerFor(type).readValue(value);
      return true;
    } catch (IOException e) {
      for (FieldProblem problem : WireJson.explain(e).problems()) {
        String field = problem.field();
        problems.add(
            field.isEmpty() ? path : path + (field.startsWith("[") ? "" : ".") + field,
            problem.reason());
      }
      return false;
    }
  }

  private void nameUnknownParameters(Policy policy) {
    List<RuleSpec> rules = policy.rules() == null ? List.of() : policy.rules();
    for (int i = 0; i < rules.size(); i++) {
      RuleSpec spec = rules.get(i);
      if (spec == null) {
        continue;
      }
      String path = "rules[" + i + "].";
      var kind = RuleKind.find(spec.kind());
      if (kind.isPresent()) {
        for (String name : kind.get().unknownParameters(spec)) {
          problems.add(path + name, unknown(name, RULE_HEAD));
        }
      } else if (!spec.kind().isBlank()) {
        problems.add(
            path + "kind",
            "is not a kind; one of " + String.join(", ", sorted(RuleKind.catalogue())));
      }
    }
  }

  private static List<String> sorted(Map<String, ?> map) {
    return map.keySet().stream().sorted().toList();
  }

  private static String unknown(String name, Set<String> known) {
    Map<String, String> folded = new HashMap<>();
    known.forEach(k -> folded.put(letters(k), k));
    String meant = folded.get(letters(name));
    return "is not known here" + (meant == null ? "" : "; is " + meant + " meant?");
  }

  /** Letters alone and sorted: finds what differs in case, hyphens or swapped letters. */
  private static String letters(String name) {
    int[] letters =
        name.chars().filter(Character::isLetter).map(Character::toLowerCase).sorted().toArray();
    return Arrays.toString(letters);
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
