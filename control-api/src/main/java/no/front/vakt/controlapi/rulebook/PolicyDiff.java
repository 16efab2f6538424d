package no.front.vakt.controlapi.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of a policy, field by field. Rules are matched by id, so that
 * one put in the middle does not look as if all behind it had changed; other lists are compared
 * whole.
 */
final class PolicyDiff {
  private static final Set<String> NOT_CONTENT = Set.of("customerId", "version", "effectiveFrom");

  private final List<Difference> differences = new ArrayList<>();

  /** One difference; what is absent on a side is absent here. */
  record Difference(String path, @Nullable JsonNode from, @Nullable JsonNode to) {}

  private PolicyDiff() {}

  /**
   * Differences of two policies with contacts opened; password hashes only tell that they differ.
   */
  static List<Difference> between(Policy from, Policy to) {
    PolicyDiff diff = new PolicyDiff();
    ObjectNode left = tree(from);
    ObjectNode right = tree(to);
    String old = PasswordMark.hash(from);
    String fresh = PasswordMark.hash(to);
    if (old != null && fresh != null && !old.equals(fresh)) {
      ((ObjectNode) right.get("access")).put("passwordHash", "set anew");
    }
    diff.compareRules(rules(left), rules(right));
    diff.compare("", left, right);
    return List.copyOf(diff.differences);
  }

  private static ObjectNode tree(Policy policy) {
    ObjectNode tree = WireJson.mapper().valueToTree(PasswordMark.shown(policy));
    tree.remove(NOT_CONTENT);
    return tree;
  }

  private static Map<String, JsonNode> rules(ObjectNode tree) {
    Map<String, JsonNode> rules = new LinkedHashMap<>();
    JsonNode listed = tree.remove("rules");
    for (JsonNode rule : listed == null ? WireJson.mapper().createArrayNode() : listed) {
      String id = rule.path("id").asText();
      String path = rule.path("state").asText().equals("shadow") ? id + ":shadow" : id;
      for (int i = 2; rules.containsKey(path); i++) {
        path = path.replaceAll("#\\d+$", "") + "#" + i;
      }
      rules.put(path, rule);
    }
    return rules;
  }

  private void compareRules(Map<String, JsonNode> from, Map<String, JsonNode> to) {
    Set<String> ids = new TreeSet<>(from.keySet());
    ids.addAll(to.keySet());
    for (String id : ids) {
      compare("rules[" + id + "]", from.get(id), to.get(id));
    }
  }

  private void compare(String path, @Nullable JsonNode from, @Nullable JsonNode to) {
    if (from != null && to != null && from.isObject() && to.isObject()) {
      Set<String> names = new TreeSet<>();
      from.properties().forEach(field -> names.add(field.getKey()));
      to.properties().forEach(field -> names.add(field.getKey()));
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, from.get(name), to.get(name));
      }
    } else if (!Objects.equals(from, to)) {
      differences.add(new Difference(path, from, to));
    }
  }
}
