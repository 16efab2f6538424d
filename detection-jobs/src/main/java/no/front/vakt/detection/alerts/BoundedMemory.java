package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the current customer with the event time each was last seen at: kept for a span of event
 * time and at most so many; beyond, the oldest go, a sixteenth at once so that a full memory does
 * not look through itself at every new key.
 */
final class BoundedMemory {
  private static final int SHARE_FORGOTTEN = 16;
  private static final int TIDYINGS_PER_SPAN = 4;

  private final MapState<String, Long> times;
  private final ValueState<MemoryBook> state;
  private final int most;
  private final long keptMillis;

  BoundedMemory(RuntimeContext context, String name, int most, long keptMillis) {
    times = context.getMapState(new MapStateDescriptor<>(name, Types.STRING, Types.LONG));
    state =
        context.getState(
            new ValueStateDescriptor<>(name + "-book", TypeInformation.of(MemoryBook.class)));
    this.most = most;
    this.keptMillis = keptMillis;
  }

  /** When a key was last seen; null: not, or longer ago than is remembered. */
  @Nullable Long find(String key) throws Exception {
    return times.get(key);
  }

  /**
   * Remembers a key.
   *
   * @param at event time, epoch milliseconds
   * @param keepUntilMillis wall clock until which all of the customer's memory may be needed
   * @return whether a timer is to be set for then
   */
  boolean remember(String key, long at, long keepUntilMillis) throws Exception {
    MemoryBook book = state.value() == null ? new MemoryBook() : state.value();
    Long known = times.get(key);
    if (known == null) {
      if (book.count >= most) {
        forgetOldest(book);
      }
      book.count++;
    }
    times.put(key, known == null ? at : Math.max(known, at));
    book.newestMillis = Math.max(book.newestMillis, at);
    if (book.newestMillis >= book.forgetAtMillis) {
      forgetBefore(book, book.newestMillis - keptMillis);
      book.forgetAtMillis = book.newestMillis + keptMillis / TIDYINGS_PER_SPAN;
    }
    boolean later = keepUntilMillis > book.clearAtMillis;
    book.clearAtMillis = Math.max(book.clearAtMillis, keepUntilMillis);
    state.update(book);
    return later;
  }

  /** Forgets everything once nobody can need it; true when it is to be asked again then. */
  boolean clearIfNeedless(long timer, long keepUntilMillis) throws Exception {
    MemoryBook book = state.value();
    if (book == null || timer < book.clearAtMillis) {
      return false;
    }
    if (keepUntilMillis > timer) {
      book.clearAtMillis = keepUntilMillis;
      state.update(book);
      return true;
    }
    times.clear();
    state.clear();
    return false;
  }

  private void forgetBefore(MemoryBook book, long millis) throws Exception {
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, Long> entry : times.entries()) {
      if (entry.getValue() < millis) {
        old.add(entry.getKey());
      }
    }
    forget(book, old);
  }

  private void forgetOldest(MemoryBook book) throws Exception {
    List<Map.Entry<String, Long>> all = new ArrayList<>();
    for (Map.Entry<String, Long> entry : times.entries()) {
      all.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    all.sort(Map.Entry.<String, Long>comparingByValue(Comparator.naturalOrder()));
    forget(
        book,
        all.stream().limit(Math.max(1, most / SHARE_FORGOTTEN)).map(Map.Entry::getKey).toList());
  }

  private void forget(MemoryBook book, List<String> keys) throws Exception {
    for (String key : keys) {
      times.remove(key);
    }
    book.count -= keys.size();
  }
}
