package no.front.vakt.detection.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Finds addresses that are refused at many customers: at exactly {@value #SWEEP} different
 * customers within a day staff get one alert, and for a day from then every call from the address
 * is marked, so that no customer gets mail for it; what the customers' digests would tell of the
 * calls before is taken back. Ids that name no customer make no sweep, since anybody can make them
 * up to silence a customer's own alarms; they are summed up in the alert and nowhere written, as a
 * caller wrote them.
 *
 * <p><b>State</b>, per keyed hash of an address: a {@link SweepBook} of at most {@value #MOST_IDS}
 * customers, for a day of wall clock after its newest refused call, and a day more when the job was
 * down. <b>Twice</b>: the same id counts once; calls may count twice after a crash. <b>Late</b>:
 * counted at its own time.
 */
final class SweepFunction extends KeyedProcessFunction<String, Attempt, Attempt> {
  /** Different customers at which an address is refused before it is a sweep (issue 3, item 5). */
  static final int SWEEP = 5;

  /** Within this time; and for as long an address stays marked. */
  static final long DAY_MILLIS = 24 * 3_600_000L;

  /** Most customers remembered of one address. */
  static final int MOST_IDS = 20;

  private static final byte[] STAFF = "staff".getBytes(StandardCharsets.UTF_8);
  private static final long HOUR_MILLIS = 3_600_000L;

  private transient ValueState<SweepBook> state;

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("sweep", TypeInformation.of(SweepBook.class)));
  }

  @Override
  public void processElement(Attempt attempt, Context context, Collector<Attempt> out)
      throws Exception {
    if (attempt.refusedBecause == null || attempt.originHash.isEmpty()) {
      out.collect(attempt);
      return;
    }
    SweepBook book = state.value() == null ? new SweepBook() : state.value();
    touch(book, attempt);
    if (attempt.refusedBecause != RefusedBecause.UNKNOWN_CUSTOMER
        && attempt.atMillis >= book.sweptUntilMillis
        && book.touched.size() >= SWEEP) {
      book.sweptUntilMillis = attempt.atMillis + DAY_MILLIS;
      long now = context.timerService().currentProcessingTime();
      context.output(AlertPipeline.BESIDE, alert(book, attempt, now));
      for (String customerId : book.touched.keySet()) {
        out.collect(takingBack(customerId, attempt.originHash));
      }
    }
    attempt.swept = attempt.atMillis < book.sweptUntilMillis;
    keep(book, context);
    out.collect(attempt);
  }

  private static Attempt takingBack(String customerId, String originHash) {
    Attempt back = new Attempt();
    back.customerId = customerId;
    back.originHash = originHash;
    back.takesBack = true;
    return back;
  }

  private static void touch(SweepBook book, Attempt attempt) {
    forget(book, attempt.atMillis - DAY_MILLIS);
    if (attempt.refusedBecause == RefusedBecause.UNKNOWN_CUSTOMER) {
      book.guessed = touched(book.guessed, attempt);
      return;
    }
    book.touched.compute(attempt.customerId, (id, known) -> touched(known, attempt));
    long newest = book.touched.values().stream().mapToLong(t -> t.newestMillis).max().orElseThrow();
    forget(book, newest - DAY_MILLIS);
    if (book.touched.size() > MOST_IDS) {
      book.touched.entrySet().stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().newestMillis))
          .map(Map.Entry::getKey)
          .ifPresent(book.touched::remove);
    }
    book.newest.add(0, attempt.json);
    if (book.newest.size() > Alert.MAX_DETAILS) {
      book.newest.remove(Alert.MAX_DETAILS);
    }
  }

  private static void forget(SweepBook book, long upToMillis) {
    book.touched.values().removeIf(t -> t.newestMillis <= upToMillis);
    if (book.guessed != null && book.guessed.newestMillis <= upToMillis) {
      book.guessed = null;
    }
  }

  private static Touched touched(@Nullable Touched known, Attempt attempt) {
    Touched touched = known;
    if (touched == null) {
      touched = new Touched();
      touched.firstMillis = attempt.atMillis;
      touched.newestMillis = attempt.atMillis;
    }
    touched.newestMillis = Math.max(touched.newestMillis, attempt.atMillis);
    touched.refused++;
    return touched;
  }

  private static Outgoing alert(SweepBook book, Attempt attempt, long nowMillis) {
    List<Touched> all = new ArrayList<>(book.touched.values());
    if (book.guessed != null) {
      all.add(book.guessed);
    }
    Alert alert =
        new Alert(
            AlertIds.of(
                AlertType.ACCESS_SWEEP, attempt.originHash, attempt.customerId, attempt.attemptId),
            null,
            AlertAudience.STAFF,
            AlertType.ACCESS_SWEEP,
            Instant.ofEpochMilli(nowMillis),
            Instant.ofEpochMilli(all.stream().mapToLong(t -> t.firstMillis).min().orElseThrow()),
            Instant.ofEpochMilli(all.stream().mapToLong(t -> t.newestMillis).max().orElseThrow()),
            all.stream().mapToLong(t -> t.refused).sum(),
            0,
            0,
            null,
            List.of(),
            List.of(),
            book.newest.stream().map(json -> WireJson.read(json, AccessAttempt.class)).toList(),
            book.touched.keySet().stream().sorted().limit(Alert.MAX_CUSTOMERS).toList(),
            book.touched.size());
    return Outgoing.to(Topics.VAKT_ALERTS, STAFF, WireJson.bytes(alert), 0);
  }

  // Rounded up to whole hours, so that a busy address sets one timer an hour.
  private void keep(SweepBook book, Context context) throws Exception {
    long now = context.timerService().currentProcessingTime();
    long clearAt = (now + DAY_MILLIS) / HOUR_MILLIS * HOUR_MILLIS + HOUR_MILLIS;
    if (clearAt > book.clearAtMillis) {
      book.clearAtMillis = clearAt;
      context.timerService().registerProcessingTimeTimer(clearAt);
    }
    state.update(book);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Attempt> out)
      throws Exception {
    SweepBook book = state.value();
    if (book == null || timestamp < book.clearAtMillis) {
      return;
    }
    long now = context.timerService().currentProcessingTime();
    if (now - timestamp >= HOUR_MILLIS) {
      // The job was down: the log of that time has not been read yet.
      book.clearAtMillis = now + DAY_MILLIS;
      context.timerService().registerProcessingTimeTimer(book.clearAtMillis);
      state.update(book);
    } else {
      state.clear();
    }
  }
}
