package no.front.vakt.detection.alerts;

import java.time.Duration;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells a customer of refused calls: at once when the address was accepted within 30 days or the
 * password was right, at most once an address and day and {@value #MOST_AT_ONCE} times a day; all
 * others once a day. Staff are told at once of a right password, also when the address sweeps,
 * since then somebody else holds it. Calls from an address that sweeps are in no mail and no
 * digest, also those that came before it was known to sweep, as far as no mail has told of them;
 * calls that name no customer leave nothing here.
 *
 * <p><b>State</b>, per customer: hashes of accepted addresses for 30 days of event time, at most
 * {@value #MOST_ADDRESSES}, the oldest out; an {@link AccessBook} until its digest is made, with
 * {@link AddressCalls} of at most {@value #MOST_DIGEST_ADDRESSES} addresses, the rest as one;
 * addresses told of, for a day. <b>Twice</b>: counts twice after a crash at most; ids are the same,
 * so nobody is mailed twice. <b>Late</b>: compared at its own time. <b>Down</b>: an overdue digest
 * is told at restore.
 */
final class AccessFunction extends KeyedProcessFunction<String, Attempt, Outgoing> {
  /** How long an accepted address is the customer's own (issue 3, item 4). */
  static final long KNOWN_MILLIS = Duration.ofDays(30).toMillis();

  /** Most addresses remembered of a customer. */
  static final int MOST_ADDRESSES = 10_000;

  /** Most addresses counted apart in a digest. */
  static final int MOST_DIGEST_ADDRESSES = 1_000;

  /** Most mails at once a day: a password in many hands is one matter, not a thousand. */
  static final int MOST_AT_ONCE = 20;

  // Calls without an address, and of those beyond the most that are counted apart.
  private static final String THE_REST = "";

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** The log is read later than it is written. */
  private static final long SLACK_MILLIS = Duration.ofHours(1).toMillis();

  private final AlertOptions options;
  private transient BoundedMemory known;
  private transient ValueState<AccessBook> state;
  private transient MapState<String, AddressCalls> digestCalls;

  AccessFunction(AlertOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    known = new BoundedMemory(getRuntimeContext(), "accepted", MOST_ADDRESSES, KNOWN_MILLIS);
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("refused", TypeInformation.of(AccessBook.class)));
    digestCalls =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "digest-calls", Types.STRING, TypeInformation.of(AddressCalls.class)));
  }

  @Override
  public void processElement(Attempt attempt, Context context, Collector<Outgoing> out)
      throws Exception {
    TimerService timers = context.timerService();
    if (attempt.takesBack) {
      takeBack(attempt.originHash);
    } else if (attempt.refusedBecause == null) {
      accept(attempt, timers);
    } else if (attempt.refusedBecause == RefusedBecause.UNKNOWN_CUSTOMER) {
      return;
    } else if (!attempt.swept || attempt.passwordWasRight) {
      AccessBook book = state.value() == null ? new AccessBook() : state.value();
      refuse(book, attempt, timers, out);
      put(book);
    }
  }

  private void accept(Attempt attempt, TimerService timers) throws Exception {
    if (attempt.originHash.isEmpty()) {
      return;
    }
    // Rounded up to whole days, so that a busy customer sets one timer a day.
    long now = timers.currentProcessingTime();
    long keepUntil = (now + KNOWN_MILLIS) / DAY_MILLIS * DAY_MILLIS + DAY_MILLIS;
    if (known.remember(attempt.originHash, attempt.atMillis, keepUntil)) {
      timers.registerProcessingTimeTimer(keepUntil);
    }
  }

  private void refuse(
      AccessBook book, Attempt attempt, TimerService timers, Collector<Outgoing> out)
      throws Exception {
    boolean isUrgent = attempt.passwordWasRight || isKnown(attempt);
    if (isUrgent && mayTell(book, attempt)) {
      long now = timers.currentProcessingTime();
      if (!attempt.swept) {
        out.collect(AccessNews.refused(AlertAudience.CUSTOMER, attempt, now));
      }
      if (attempt.passwordWasRight) {
        out.collect(AccessNews.refused(AlertAudience.STAFF, attempt, now));
      }
      ToldCall told = new ToldCall();
      told.originHash = attempt.originHash;
      told.atMillis = attempt.atMillis;
      told.forgetMillis = now + DAY_MILLIS + SLACK_MILLIS;
      book.told.add(told);
      timers.registerProcessingTimeTimer(told.forgetMillis);
    } else if (!attempt.swept) {
      collect(book, attempt, timers);
    }
  }

  private boolean isKnown(Attempt attempt) throws Exception {
    if (attempt.originHash.isEmpty()) {
      return false;
    }
    Long acceptedAt = known.find(attempt.originHash);
    return acceptedAt != null && attempt.atMillis - acceptedAt < KNOWN_MILLIS;
  }

  private static boolean mayTell(AccessBook book, Attempt attempt) {
    long ofTheDay =
        book.told.stream().filter(told -> attempt.atMillis - told.atMillis < DAY_MILLIS).count();
    boolean isTold =
        book.told.stream()
            .anyMatch(
                told ->
                    told.originHash.equals(attempt.originHash)
                        && attempt.atMillis - told.atMillis < DAY_MILLIS);
    return !isTold && ofTheDay < MOST_AT_ONCE;
  }

  private void collect(AccessBook book, Attempt attempt, TimerService timers) throws Exception {
    if (book.digestAtMillis == 0) {
      book.firstAttemptId = attempt.attemptId;
      book.sinceMillis = attempt.atMillis;
      book.untilMillis = attempt.atMillis;
      book.digestAtMillis =
          DailyHour.after(timers.currentProcessingTime(), options.digestHour(), options.zone());
      timers.registerProcessingTimeTimer(book.digestAtMillis);
    }
    book.sinceMillis = Math.min(book.sinceMillis, attempt.atMillis);
    book.untilMillis = Math.max(book.untilMillis, attempt.atMillis);
    if (attempt.refusedBecause == RefusedBecause.NETWORK) {
      book.byNetwork++;
    } else if (attempt.refusedBecause == RefusedBecause.PASSWORD) {
      book.byPassword++;
    } else {
      book.byNoneSet++;
    }
    String address = attempt.originHash;
    AddressCalls calls = digestCalls.get(address);
    if (calls == null && !address.isEmpty() && book.addresses < MOST_DIGEST_ADDRESSES) {
      calls = new AddressCalls();
      book.addresses++;
    } else if (calls == null) {
      address = THE_REST;
      calls = digestCalls.contains(THE_REST) ? digestCalls.get(THE_REST) : new AddressCalls();
    }
    calls.add(attempt);
    digestCalls.put(address, calls);
    book.newest.add(0, attempt.json);
    if (book.newest.size() > Alert.MAX_DETAILS) {
      book.newest.remove(Alert.MAX_DETAILS);
    }
  }

  /** The address sweeps: whatever the next digest would tell of it is not told. */
  private void takeBack(String originHash) throws Exception {
    AccessBook book = state.value();
    AddressCalls calls = digestCalls.get(originHash);
    if (book == null || calls == null) {
      return;
    }
    digestCalls.remove(originHash);
    book.addresses--;
    book.byNetwork -= calls.byNetwork;
    book.byPassword -= calls.byPassword;
    book.byNoneSet -= calls.byNoneSet;
    book.newest.removeIf(
        json -> originHash.equals(WireJson.read(json, AccessAttempt.class).originHash()));
    if (book.refused() == 0) {
      AccessBook next = new AccessBook();
      next.told = book.told;
      book = next;
    } else {
      book.sinceMillis = Long.MAX_VALUE;
      book.untilMillis = Long.MIN_VALUE;
      for (AddressCalls left : digestCalls.values()) {
        book.sinceMillis = Math.min(book.sinceMillis, left.sinceMillis);
        book.untilMillis = Math.max(book.untilMillis, left.untilMillis);
      }
    }
    put(book);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Outgoing> out)
      throws Exception {
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    AccessBook book = state.value();
    if (book != null) {
      book.told.removeIf(told -> told.forgetMillis <= timestamp);
      if (book.digestAtMillis > 0 && book.digestAtMillis <= timestamp) {
        out.collect(AccessNews.digest(context.getCurrentKey(), book, now));
        AccessBook next = new AccessBook();
        next.told = book.told;
        book = next;
        digestCalls.clear();
      }
      put(book);
    }
    boolean isLate = now - timestamp >= DAY_MILLIS;
    if (known.clearIfNeedless(timestamp, isLate ? now + DAY_MILLIS : timestamp)) {
      timers.registerProcessingTimeTimer(now + DAY_MILLIS);
    }
  }

  private void put(AccessBook book) throws Exception {
    if (book.digestAtMillis == 0 && book.told.isEmpty()) {
      state.clear();
    } else {
      state.update(book);
    }
  }
}
