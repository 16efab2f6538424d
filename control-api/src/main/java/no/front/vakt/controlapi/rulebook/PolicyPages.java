package no.front.vakt.controlapi.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;

/** How versions look in answers. */
final class PolicyPages {
  private PolicyPages() {}

  /** A policy as staff read and write it: contacts opened, a password's hash as a mark. */
  static ObjectNode shown(Policy opened) {
    return WireJson.mapper().valueToTree(PasswordMark.shown(opened));
  }

  /** All of a version but its content. */
  static Map<String, Object> entry(StoredVersion stored) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("customerId", stored.customerId());
    entry.put("version", stored.version());
    entry.put("author", stored.author());
    put(entry, "reason", stored.reason());
    entry.put("createdAt", stored.createdAt());
    put(entry, "effectiveFrom", stored.isPublished() ? stored.effectiveFrom() : null);
    entry.put("published", stored.isPublished());
    put(entry, "publishedAt", stored.publishedAt());
    entry.put("state", stored.fate().name().toLowerCase(Locale.ROOT));
    entry.put("removed", stored.removed());
    put(entry, "rolledBackFrom", stored.rolledBackFrom());
    put(entry, "publishedAgainOf", stored.againOf());
    return entry;
  }

  private static void put(Map<String, Object> entry, String name, @Nullable Object value) {
    if (value != null) {
      entry.put(name, value);
    }
  }
}
