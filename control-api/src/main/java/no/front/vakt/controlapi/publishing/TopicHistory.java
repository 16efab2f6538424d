package no.front.vakt.controlapi.publishing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import no.front.vakt.contract.Policy;
import org.jspecify.annotations.Nullable;

/** What stands on {@code vakt.policies} from its beginning to its end. */
final class TopicHistory {
  /**
   * One record: the policy as its readers see it, who published and who wrote it, when the log had
   * it.
   */
  record Entry(Policy policy, String publisher, String author, Instant at) {}

  private final Map<String, NavigableMap<Long, Entry>> versions = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();

  /** Takes the next record. Of two with one version readers keep the first, and so does this. */
  void add(Entry entry) {
    Policy policy = entry.policy();
    versions
        .computeIfAbsent(policy.customerId(), id -> new TreeMap<>())
        .putIfAbsent(policy.version(), entry);
    last.put(policy.customerId(), policy.version());
  }

  Set<String> customers() {
    return Set.copyOf(versions.keySet());
  }

  List<Entry> entries(String customerId) {
    NavigableMap<Long, Entry> own = versions.get(customerId);
    return own == null ? List.of() : new ArrayList<>(own.values());
  }

  @Nullable Entry find(String customerId, long version) {
    NavigableMap<Long, Entry> own = versions.get(customerId);
    return own == null ? null : own.get(version);
  }

  /** Highest version of a customer; -1 for none. */
  long highest(String customerId) {
    NavigableMap<Long, Entry> own = versions.get(customerId);
    return own == null ? -1 : own.lastKey();
  }

  /** Version of the customer's last record, which is what compaction keeps; -1 for none. */
  long last(String customerId) {
    return last.getOrDefault(customerId, -1L);
  }

  /** Whether a database that has used these versions, by customer, knows all that stands here. */
  boolean isKnownTo(Map<String, Long> lastVersions) {
    return versions.keySet().stream()
        .allMatch(customerId -> highest(customerId) <= lastVersions.getOrDefault(customerId, -1L));
  }
}
