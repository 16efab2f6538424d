package no.front.vakt.detection.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.AlertChoice;
import no.front.vakt.contract.AlertDecision;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.DeadLetters;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets mails to customers wait for staff when too many customers have a first alert at once. One
 * subtask sees all news; the first alerts up to the limit go out, from the next one on they wait
 * with whatever follows of their episodes, and staff get one alert for all of them.
 *
 * <p><b>State</b>: a {@link BurstBook}; a {@link WaitingMail} an episode that waits, at most {@link
 * AlertOptions#waitingLimit()}, until staff decide or {@value #LONGEST_WAIT_MILLIS} ms after the
 * burst began; one, empty, an episode that was discarded, until its all-clear or {@value
 * WaitingMails#SILENT_MILLIS} ms without news of it. <b>Twice</b>: an episode counts and waits
 * once. <b>A decision nobody waits for</b>: remembered a day, should its burst come back after a
 * crash. <b>Unreadable</b>: to dead letters.
 */
final class BurstFunction extends KeyedCoProcessFunction<Integer, Raised, RawRecord, Outgoing> {
  /** Longest a mail waits for staff (issue 3, item 4: a day). */
  static final long LONGEST_WAIT_MILLIS = 24 * 3_600_000L;

  /** A window with a tenth of the limit or less is quiet: the ordinary trickle never ends. */
  private static final int QUIET_SHARE = 10;

  private static final int MOST_EARLY = 100;
  private static final long EARLY_MILLIS = Duration.ofDays(1).toMillis();

  private final AlertOptions options;
  private final long windowMillis;
  private final long updateMillis;
  private transient ValueState<BurstBook> state;
  private transient WaitingMails mails;
  private transient DeadLetters deadLetters;

  BurstFunction(AlertOptions options) {
    this.options = options;
    this.windowMillis = options.burstWindow().toMillis();
    this.updateMillis = options.interval().toMillis();
  }

  @Override
  public void open(OpenContext context) {
    KeyRing keys = options.keys().keys();
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("bursts", TypeInformation.of(BurstBook.class)));
    mails =
        new WaitingMails(
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "waiting", Types.STRING, TypeInformation.of(WaitingMail.class))));
    deadLetters =
        new DeadLetters(
            keys.sealing(), getRuntimeContext().getMetricGroup().counter("deadLetters"));
  }

  @Override
  public void processElement1(Raised raised, Context context, Collector<Outgoing> out)
      throws Exception {
    WaitingMail mail = mails.find(raised.episode);
    if (mail != null) {
      follow(mail, raised, context.timerService());
    } else if (raised.type != AlertType.FIRST) {
      send(raised.customerId, raised.forCustomer, out);
      send(raised.customerId, raised.forStaff, out);
    } else {
      BurstBook book = book();
      first(book, raised, context.timerService(), out);
      put(book);
    }
  }

  private void follow(WaitingMail mail, Raised raised, TimerService timers) throws Exception {
    if (mail.discarded && raised.type == AlertType.ALL_CLEAR) {
      mails.remove(raised.episode);
      return;
    }
    if (mail.discarded) {
      mail.forgetMillis = WaitingMails.silentFrom(timers);
    } else if (raised.type != AlertType.FIRST) {
      mail.newest = raised.forCustomer;
      mail.newestType = raised.type;
    }
    mails.put(raised.episode, mail);
  }

  private void first(BurstBook book, Raised raised, TimerService timers, Collector<Outgoing> out)
      throws Exception {
    long now = timers.currentProcessingTime();
    forgetRecents(book, now);
    boolean isRepeated = book.recents.stream().anyMatch(r -> r.episode.equals(raised.episode));
    if (isRepeated) {
      send(raised.customerId, raised.forCustomer, out);
      send(raised.customerId, raised.forStaff, out);
      return;
    }
    Burst burst = openBurst(book);
    boolean opens = burst == null && book.recents.size() >= options.burstLimit();
    if (opens) {
      burst = opened(book, raised, now);
      timers.registerProcessingTimeTimer(now + LONGEST_WAIT_MILLIS);
    }
    book.recents.add(recent(raised, now));
    if (book.recents.size() > options.burstLimit() + 1) {
      book.recents.remove(0);
    }
    timers.registerProcessingTimeTimer(now + windowMillis);
    if (burst == null) {
      send(raised.customerId, raised.forCustomer, out);
      send(raised.customerId, raised.forStaff, out);
      return;
    }
    join(book, burst, raised, timers, out);
    if (opens) {
      tell(burst, now, out);
    } else if (burst.tellAtMillis == 0) {
      burst.tellAtMillis = Math.max(now, burst.toldMillis + updateMillis);
      timers.registerProcessingTimeTimer(burst.tellAtMillis);
    }
  }

  private Burst opened(BurstBook book, Raised raised, long now) {
    Burst burst = new Burst();
    burst.id = AlertIds.of(BurstNews.KIND, raised.episode);
    burst.openedMillis = now;
    burst.sinceMillis = raised.sinceMillis;
    burst.untilMillis = raised.untilMillis;
    Set<String> told = new LinkedHashSet<>();
    for (RecentFirst recent : book.recents) {
      told.add(recent.customerId);
      burst.firsts++;
      burst.held += recent.held;
      burst.blocked += recent.blocked;
      burst.sinceMillis = Math.min(burst.sinceMillis, recent.sinceMillis);
    }
    burst.alreadyTold.addAll(told);
    for (EarlyDecision early : book.early) {
      if (early.reference.equals(reference(burst))) {
        burst.decision = early.decision;
      }
    }
    book.bursts.add(burst);
    return burst;
  }

  private void join(
      BurstBook book, Burst burst, Raised raised, TimerService timers, Collector<Outgoing> out)
      throws Exception {
    burst.firsts++;
    burst.held += raised.held;
    burst.blocked += raised.blocked;
    burst.sinceMillis = Math.min(burst.sinceMillis, raised.sinceMillis);
    burst.untilMillis = Math.max(burst.untilMillis, raised.untilMillis);
    if (burst.decision == AlertChoice.RELEASE) {
      send(raised.customerId, raised.forCustomer, out);
      return;
    }
    WaitingMail mail = new WaitingMail();
    mail.burst = burst.id;
    mail.customerId = raised.customerId;
    if (burst.decision == AlertChoice.DISCARD) {
      WaitingMails.discard(book, mail, timers);
    } else if (book.waiting >= options.waitingLimit()) {
      burst.dropped++;
      return;
    } else {
      mail.number = book.nextNumber++;
      mail.first = raised.forCustomer;
      burst.waiting++;
      book.waiting++;
    }
    mails.put(raised.episode, mail);
  }

  @Override
  public void processElement2(RawRecord raw, Context context, Collector<Outgoing> out)
      throws Exception {
    AlertDecision decision;
    try {
      decision = WireJson.read(raw.value, AlertDecision.class);
      boolean complete =
          decision.reference() != null
              && decision.reference().strip().length() == AlertIds.REFERENCE_DIGITS
              && decision.decision() != null;
      if (!complete) {
        throw new InvalidRecordException("", "lacks a reference of 8 characters or a decision");
      }
    } catch (RuntimeException e) {
      out.collect(deadLetters.of(raw, EpisodeFunction.reason(e)));
      return;
    }
    BurstBook book = book();
    String reference = decision.reference().strip().toUpperCase(Locale.ROOT);
    boolean known = false;
    for (Burst burst : List.copyOf(book.bursts)) {
      if (reference(burst).equals(reference)) {
        known = true;
        decide(book, burst, decision.decision(), context.timerService(), out);
      }
    }
    if (!known) {
      rememberEarly(book, reference, decision.decision(), context.timerService());
    }
    put(book);
  }

  private void decide(
      BurstBook book,
      Burst burst,
      AlertChoice decision,
      TimerService timers,
      Collector<Outgoing> out)
      throws Exception {
    burst.decision = decision;
    for (Map.Entry<String, WaitingMail> entry : mails.of(burst)) {
      WaitingMail mail = entry.getValue();
      if (decision == AlertChoice.DISCARD) {
        mails.discard(book, entry.getKey(), mail, timers);
      } else {
        send(mail.customerId, mail.first, out);
        if (mail.newest.length > 0) {
          send(mail.customerId, mail.newest, out);
        }
        mails.remove(entry.getKey());
      }
    }
    book.waiting -= burst.waiting;
    burst.waiting = 0;
    forgetEnded(book);
  }

  private static void rememberEarly(
      BurstBook book, String reference, AlertChoice decision, TimerService timers) {
    EarlyDecision early = new EarlyDecision();
    early.reference = reference;
    early.decision = decision;
    early.untilMillis = timers.currentProcessingTime() + EARLY_MILLIS;
    book.early.add(early);
    if (book.early.size() > MOST_EARLY) {
      book.early.remove(0);
    }
    timers.registerProcessingTimeTimer(early.untilMillis);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Outgoing> out)
      throws Exception {
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    BurstBook book = book();
    forgetRecents(book, now);
    for (Burst burst : book.bursts) {
      if (timestamp >= burst.openedMillis + LONGEST_WAIT_MILLIS) {
        expire(book, burst, timers, out);
      } else if (burst.tellAtMillis > 0 && timestamp >= burst.tellAtMillis) {
        burst.updates++;
        tell(burst, now, out);
      }
    }
    forgetEnded(book);
    book.early.removeIf(early -> early.untilMillis <= timestamp);
    mails.forgetDiscarded(book, timestamp);
    put(book);
  }

  private void expire(BurstBook book, Burst burst, TimerService timers, Collector<Outgoing> out)
      throws Exception {
    burst.open = false;
    burst.tellAtMillis = 0;
    if (burst.waiting == 0) {
      return;
    }
    burst.updates++;
    Set<String> customers = new LinkedHashSet<>();
    for (Map.Entry<String, WaitingMail> entry : mails.of(burst)) {
      customers.add(entry.getValue().customerId);
      mails.discard(book, entry.getKey(), entry.getValue(), timers);
    }
    out.collect(BurstNews.expired(burst, customers, options, timers.currentProcessingTime()));
    book.waiting -= burst.waiting;
    burst.waiting = 0;
  }

  private void tell(Burst burst, long now, Collector<Outgoing> out) throws Exception {
    Set<String> customers = new LinkedHashSet<>();
    for (Map.Entry<String, WaitingMail> entry : mails.of(burst)) {
      customers.add(entry.getValue().customerId);
    }
    customers.addAll(burst.alreadyTold);
    out.collect(BurstNews.waiting(burst, customers, options, now));
    burst.toldMillis = now;
    burst.tellAtMillis = 0;
  }

  /** Firsts exactly a window apart are not in one window, as everywhere. */
  private void forgetRecents(BurstBook book, long now) {
    book.recents.removeIf(recent -> recent.atMillis <= now - windowMillis);
    Burst open = openBurst(book);
    if (open != null && book.recents.size() <= options.burstLimit() / QUIET_SHARE) {
      open.open = false;
      forgetEnded(book);
    }
  }

  private static void forgetEnded(BurstBook book) {
    book.bursts.removeIf(burst -> !burst.open && burst.waiting == 0 && burst.tellAtMillis == 0);
  }

  private static Burst openBurst(BurstBook book) {
    return book.bursts.stream().filter(burst -> burst.open).findFirst().orElse(null);
  }

  private static RecentFirst recent(Raised raised, long now) {
    RecentFirst recent = new RecentFirst();
    recent.atMillis = now;
    recent.customerId = raised.customerId;
    recent.episode = raised.episode;
    recent.sinceMillis = raised.sinceMillis;
    recent.held = raised.held;
    recent.blocked = raised.blocked;
    return recent;
  }

  private static String reference(Burst burst) {
    return burst.id.substring(0, AlertIds.REFERENCE_DIGITS).toUpperCase(Locale.ROOT);
  }

  private BurstBook book() throws Exception {
    BurstBook book = state.value();
    return book == null ? new BurstBook() : book;
  }

  private void put(BurstBook book) throws Exception {
    boolean isEmpty =
        book.recents.isEmpty()
            && book.bursts.isEmpty()
            && book.early.isEmpty()
            && book.forgetAtMillis == 0;
    if (isEmpty) {
      state.clear();
    } else {
      state.update(book);
    }
  }

  private static void send(String customerId, byte[] alert, Collector<Outgoing> out) {
    byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
    out.collect(Outgoing.to(Topics.VAKT_ALERTS, key, alert, 0));
  }
}
