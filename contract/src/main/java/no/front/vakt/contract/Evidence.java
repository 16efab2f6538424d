package no.front.vakt.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bound on what a finding carries as evidence (design decision 14): whatever a rule puts in,
 * what comes out takes at most {@link #MAX_BYTES} bytes of JSON. Texts are cut first, then lists,
 * then whole entries are left out from the end.
 */
final class Evidence {
  /** Most bytes of JSON the evidence of one finding takes. */
  static final int MAX_BYTES = 1024;

  private static final int MOST_IN_A_LIST = 8;
  private static final int LONGEST_NAME = 64;

  private Evidence() {}

  /** The same evidence by name, cut where it is too large. */
  static TreeMap<String, Object> bounded(Map<String, Object> evidence) {
    TreeMap<String, Object> all = new TreeMap<>(evidence);
    for (int longest = 256; size(all) > MAX_BYTES && longest >= 16; longest /= 2) {
      int atMost = longest;
      all.replaceAll((name, value) -> cut(value, atMost));
      all.keySet().removeIf(name -> name.length() > LONGEST_NAME);
    }
    while (size(all) > MAX_BYTES) {
      all.pollLastEntry();
    }
    return all;
  }

  private static Object cut(Object value, int longest) {
    if (value instanceof List<?> list) {
      List<Object> kept = new ArrayList<>();
      list.stream().limit(MOST_IN_A_LIST).forEach(element -> kept.add(cut(element, longest)));
      return List.copyOf(kept);
    }
    if (value instanceof Map<?, ?>) {
      return cut(value.toString(), longest);
    }
    return value instanceof String text ? cut(text, longest) : value;
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "…";
  }

  /** Bytes of JSON, or a few more. */
  private static int size(Object value) {
    int size = 2;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        size += size(entry.getKey()) + size(entry.getValue()) + 2;
      }
    } else if (value instanceof Iterable<?> list) {
      for (Object element : list) {
        size += size(element) + 1;
      }
    } else {
      String text = String.valueOf(value);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        size += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return size;
  }
}
