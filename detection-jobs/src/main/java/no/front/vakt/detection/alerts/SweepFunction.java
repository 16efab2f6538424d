package no.front.vakt.detection.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

/**
 * Finds addresses that are refused at many customers: at exactly {@value #SWEEP} different ids
 * within a day staff get one alert, and for a day from then every call from the address is marked,
 * so that no customer gets mail for it. Ids that name no customer count, as guessing them is what a
 * sweep does, but are not named: a caller wrote them.
 *
 * <p><b>State</b>, per keyed hash of an address: a {@link SweepBook} of at most {@value #MOST_IDS}
 * ids, for a day of wall clock after its newest refused call, and a day more when the job was down.
 * <b>Twice</b>: the same id counts once; calls may count twice after a crash. <b>Late</b>: counted
 * at its own time.
 */
final class SweepFunction extends KeyedProcessFunction<String, Attempt, Attempt> {
  /** Different customers at which an address is refused before it is a sweep (issue 3, item 5). */
  static final int SWEEP = 5;

  /** Within this time; and for as long an address stays marked. */
  static final long DAY_MILLIS = 24 * 3_600_000L;

  /** Most ids remembered of one address. */
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
    if (attempt.atMillis >= book.sweptUntilMillis && book.touched.size() >= SWEEP) {
      book.sweptUntilMillis = attempt.atMillis + DAY_MILLIS;
      long now = context.timerService().currentProcessingTime();
      context.output(AlertPipeline.BESIDE, alert(book, attempt, now));
    }
    attempt.swept = attempt.atMillis < book.sweptUntilMillis;
    keep(book, context);
    out.collect(attempt);
  }

  private static void touch(SweepBook book, Attempt attempt) {
    Touched touched = book.touched.get(attempt.customerId);
    if (touched == null) {
      touched = new Touched();
      touched.firstMillis = attempt.atMillis;
      touched.newestMillis = attempt.atMillis;
      touched.exists = attempt.refusedBecause != RefusedBecause.UNKNOWN_CUSTOMER;
      book.touched.put(attempt.customerId, touched);
    }
    touched.newestMillis = Math.max(touched.newestMillis, attempt.atMillis);
    touched.refused++;
    long newest = book.touched.values().stream().mapToLong(t -> t.newestMillis).max().orElseThrow();
    book.touched.values().removeIf(t -> t.newestMillis <= newest - DAY_MILLIS);
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

  private static Outgoing alert(SweepBook book, Attempt attempt, long nowMillis) {
    List<Touched> all = List.copyOf(book.touched.values());
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
            book.touched.entrySet().stream()
                .filter(entry -> entry.getValue().exists)
                .map(Map.Entry::getKey)
                .sorted()
                .limit(Alert.MAX_CUSTOMERS)
                .toList(),
            all.size());
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
