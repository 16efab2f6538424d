package no.front.vakt.standalone.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import no.front.vakt.contract.Outcome;
import no.front.vakt.standalone.ProgressBar;
import no.front.vakt.standalone.ProgressBar.Progress;
import no.front.vakt.testdata.scenario.DemoDay;
import no.front.vakt.testdata.scenario.DemoMessage;
import no.front.vakt.testdata.scenario.Incident;

/**
 * Plays a day in a house: every message at its time, whatever became of those before it, through
 * the real doors; then says what the topics tell of it.
 */
final class DemoRun {
  /** Calls on their way at once; a day that needs more has come to a standstill. */
  private static final int MOST_CALLS = 64;

  private static final Duration MOST_WAITING_AT_THE_END = Duration.ofSeconds(20);

  /** As long as nothing new may be heard before the day counts as over. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final DemoHouse house;
  private final DemoDay day;
  private final Duration takes;
  private final PrintStream out;
  private final Instant start;
  private final Tally tally;
  private final Story story;
  private final AtomicLong lost = new AtomicLong();
  private final Set<String> refusedAtTheDoor = new HashSet<>();
  private volatile double share;
  private volatile Consumer<String> terminal;

  /**
   * A day that has not begun.
   *
   * @param takes how long it is to take on the clock on the wall
   */
  DemoRun(DemoHouse house, DemoDay day, Duration takes, Clock clock, PrintStream out) {
    this.house = house;
    this.day = day;
    this.takes = takes;
    this.out = out;
    this.terminal = out::println;
    this.start = clock.instant();
    this.tally = new Tally(start, DemoDay.customers());
    day.incidents().stream()
        .filter(Incident::isRefusedAtTheDoor)
        .forEach(incident -> refusedAtTheDoor.add(incident.label()));
    this.story = new Story(day.incidents(), this::dayClock, line -> terminal.accept(line));
  }

  /**
   * What came of the day.
   *
   * @param tally its sums
   * @param isAsItShouldBe every incident was stopped and nothing else
   */
  record Result(Tally tally, boolean isAsItShouldBe) {}

  /** Plays the day to its end, or until the house is taken down. */
  Result play() throws InterruptedException {
    var caller = DoorCaller.of(house);
    var messages = day.messages();
    announce(messages.size());
    var topics = DayTopics.follow(house.connection(), tally, story);
    try (var bar = ProgressBar.anywhere(out, this::drawn)) {
      terminal = bar::say;
      send(messages, caller);
      share = 1;
      awaitTheEnd();
      bar.draw();
    } finally {
      terminal = out::println;
      topics.close();
    }
    if (!house.isStopping()) {
      close();
    }
    return new Result(tally, story.missed().isEmpty() && story.unexplained() == 0);
  }

  /** Says above the bar, while there is one, what somebody else has to say. */
  void say(String line) {
    terminal.accept(line);
  }

  private void announce(int messages) {
    out.println();
    out.printf(
        Locale.ROOT,
        "A day at the gateway: %,d calls of %d customers, from %s to %s, in %s.%n",
        messages,
        DemoDay.customers().size(),
        DemoDay.BEGIN,
        DemoDay.END,
        inWords(takes));
    out.printf(
        Locale.ROOT,
        "An hour of the day takes %s here, and the customers' limits per hour are per that long.%n",
        inWords(Duration.ofMillis(Math.round(HOUR_MILLIS / DemoDay.pace(takes)))));
    out.println();
  }

  private static String inWords(Duration takes) {
    long seconds = Math.round(takes.toMillis() / 1e3);
    return seconds % 60 == 0 && seconds > 0
        ? seconds / 60 + (seconds == 60 ? " minute" : " minutes")
        : seconds > 0 ? seconds + " s" : takes.toMillis() + " ms";
  }

  private void send(List<DemoMessage> messages, DoorCaller caller) throws InterruptedException {
    double pace = DemoDay.pace(takes);
    var room = new Semaphore(MOST_CALLS);
    var run = Long.toString(start.toEpochMilli(), Character.MAX_RADIX);
    long begun = System.nanoTime();
    int number = 0;
    for (var message : messages) {
      long due = Duration.between(start, DemoDay.instant(message.at(), start, pace)).toNanos();
      waitUntil(begun, due);
      if (house.isStopping()) {
        return;
      }
      if (message.incident() != null) {
        story.sending(message.incident());
      }
      room.acquire();
      caller
          .send(
              message,
              "demo-%s-%d".formatted(run, ++number),
              message.way(),
              !refusedAtTheDoor.contains(message.incident()))
          .thenAccept(result -> count(message, result))
          .whenComplete((done, problem) -> room.release());
    }
    waitUntil(begun, takes.toNanos());
    room.acquire(MOST_CALLS);
  }

  /** The day's clock follows what is sent: it stands behind when the sending does. */
  private void waitUntil(long begun, long due) throws InterruptedException {
    for (long left = due - (System.nanoTime() - begun);
        left > 0 && !house.isStopping();
        left = due - (System.nanoTime() - begun)) {
      share = (double) (due - left) / takes.toNanos();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, BETWEEN_LOOKS.toNanos()));
    }
    share = (double) due / takes.toNanos();
  }

  private void count(DemoMessage message, DoorCaller.Result result) {
    switch (result) {
      case TAKEN -> tally.sent(message.customerId());
      case LOST -> {
        if (!refusedAtTheDoor.contains(message.incident())) {
          lost.incrementAndGet();
        }
      }
      case REFUSED -> {
        // Counted where the house tells of it: among the access attempts.
      }
    }
  }

  /** Waits until everything has its verdict and nothing more is told for a while. */
  private void awaitTheEnd() throws InterruptedException {
    long latest = System.nanoTime() + MOST_WAITING_AT_THE_END.toNanos();
    long quietSince = System.nanoTime();
    long heard = -1;
    while (!house.isStopping() && System.nanoTime() < latest) {
      long now = tally.everything();
      if (now != heard || tally.judged() < tally.sent()) {
        heard = now;
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > QUIET.toNanos()) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
  }

  private LocalTime dayClock() {
    return DemoDay.clock(share);
  }

  private Progress drawn() {
    return new Progress(
        Story.CLOCK.format(dayClock()),
        share,
        String.format(
            Locale.ROOT,
            "%,5d sent  %,5d allowed  %,5d held  %,5d stopped",
            Math.max(tally.sent(), tally.judged()), // a verdict may overtake its answer
            tally.count(Outcome.ALLOW),
            tally.count(Outcome.HOLD),
            tally.count(Outcome.BLOCK)));
  }

  private void close() {
    out.println();
    ClosingTable.lines(tally.rows(), tally.staffMails()).forEach(out::println);
    out.println();
    remarks().forEach(out::println);
    out.println();
    WhereToLook.lines(house, tally).forEach(out::println);
    out.flush();
  }

  private List<String> remarks() {
    var lines = new ArrayList<String>();
    var missed = story.missed();
    lines.add(
        "%d of %d incidents stopped; %s."
            .formatted(
                story.stopped(),
                story.stopped() + missed.size(),
                story.unexplained() == 0
                    ? "no everyday message was, not even in the busy hours"
                    : String.format(
                        Locale.ROOT,
                        "%,d other messages were held or stopped",
                        story.unexplained())));
    missed.forEach(
        incident ->
            lines.add("Not stopped: %s (%s).".formatted(incident.label(), incident.customerId())));
    problem(lost.get(), "messages were not taken by the door.").ifPresent(lines::add);
    problem(tally.sent() - tally.judged(), "messages have no verdict yet.").ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> problem(long count, String what) {
    return count <= 0
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%,d %s", count, what));
  }
}
