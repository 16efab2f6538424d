package no.front.vakt.verdictapi.frontapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one call by their names in lower case. Of one that came several times the last
 * counts, as PHP has it; only where they came as a list ({@code phoneno[]}) and differ, none is the
 * one that was meant. One thread.
 */
final class PushFields {
  private static final String LIST = "[";

  private record Value(@Nullable String text, boolean isOfList) {}

  private final Map<String, List<Value>> values = new HashMap<>();
  private final boolean isJson;

  PushFields(boolean isJson) {
    this.isJson = isJson;
  }

  /** Whether the call came as JSON and is answered so. */
  boolean isJson() {
    return isJson;
  }

  /** Adds a field as it was named, {@code name}, {@code name[]} or {@code name[0]}. */
  void add(String rawName, String text) {
    String name = rawName.strip();
    int list = name.indexOf(LIST);
    add(list < 0 ? name : name.substring(0, list), new Value(text, list >= 0));
  }

  /** Adds an element of a list. */
  void addOfList(String name, String text) {
    add(name, new Value(text, true));
  }

  /** Adds something no text can be made of. */
  void addUnreadable(String name) {
    add(name, new Value(null, true));
  }

  private void add(String name, Value value) {
    values.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>()).add(value);
  }

  /** What a field says; empty when it is not there, or does not say one thing. */
  String text(String name) {
    List<Value> all = values.get(name);
    String last = all == null ? null : all.get(all.size() - 1).text;
    return last == null || isAmbiguous(name) ? "" : last;
  }

  /** Whether a field came and does not say one thing. */
  boolean isAmbiguous(String name) {
    List<Value> all = values.getOrDefault(name, List.of());
    return all.stream().anyMatch(Value::isOfList)
        && (all.stream().anyMatch(value -> value.text == null)
            || all.stream().map(Value::text).distinct().count() > 1);
  }
}
