package no.front.vakt.alerting.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Mails that wait for their turn, in memory: the log has them all again. Customers take turns. A
 * recipient that fails for now waits by itself, longer each time; a server that fails is left
 * alone, by one clock for all, and then asked by one mail at a time until it works. Knows no
 * threads and no server; time is handed in. Thread-safe.
 */
final class Outbox {
  /** First pause after a failure. */
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** Longest pause after many: a server that returns is noticed within five minutes. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  // A pause is shortened by up to this share, so that many do not return at once.
  private static final double JITTER = 0.2;
  private static final int MOST_DOUBLINGS = 9;

  private static final class Waiting {
    final Mail mail;
    int failures;
    Instant due;

    Waiting(Mail mail, Instant due) {
      this.mail = mail;
      this.due = due;
    }
  }

  private final Map<String, Deque<Waiting>> lanes = new LinkedHashMap<>();
  private final Map<Mail.Key, Waiting> inFlight = new LinkedHashMap<>();
  private final RandomGenerator random;
  private int serverFailures;
  private Instant serverDue = Instant.MIN;

  Outbox(RandomGenerator random) {
    this.random = random;
  }

  /** Queues a mail that is due at once. */
  synchronized void add(Mail mail, Instant now) {
    lanes.computeIfAbsent(mail.lane(), lane -> new ArrayDeque<>()).add(new Waiting(mail, now));
  }

  /** The next mail to try, taken out until one of the answers below; empty when none is due. */
  synchronized Optional<Mail> take(Instant now) {
    if (serverFailures > 0 && (now.isBefore(serverDue) || !inFlight.isEmpty())) {
      return Optional.empty();
    }
    for (String lane : lanes.keySet().toArray(String[]::new)) {
      Deque<Waiting> waiting = lanes.get(lane);
      for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
        Waiting next = each.next();
        if (!next.due.isAfter(now) && !inFlight.containsKey(next.mail.key())) {
          each.remove();
          // To the end of the row of customers.
          lanes.remove(lane);
          if (!waiting.isEmpty()) {
            lanes.put(lane, waiting);
          }
          inFlight.put(next.mail.key(), next);
          return Optional.of(next.mail);
        }
      }
    }
    return Optional.empty();
  }

  /** A mail needed no sending. */
  synchronized void skipped(Mail mail) {
    inFlight.remove(mail.key());
  }

  /** A mail is settled; the server works. */
  synchronized void done(Mail mail) {
    inFlight.remove(mail.key());
    serverFailures = 0;
  }

  /** A mail failed for now through nobody's fault but its recipient's; the server works. */
  synchronized void retryRecipient(Mail mail, Instant now) {
    back(mail, now);
    serverFailures = 0;
  }

  /** A mail failed for now because the server does. */
  synchronized void retryServer(Mail mail, Instant now) {
    back(mail, now);
    serverDue = now.plus(pause(serverFailures));
    serverFailures++;
  }

  /** Forgets waiting mails that are no longer this process's to send. */
  synchronized void removeIf(Predicate<Mail> isForeign) {
    lanes.values().forEach(lane -> lane.removeIf(waiting -> isForeign.test(waiting.mail)));
    lanes.values().removeIf(Deque::isEmpty);
  }

  /** Whether one of some mails is being sent. */
  synchronized boolean isAnyOnTheWay(Predicate<Mail> which) {
    return inFlight.values().stream().anyMatch(waiting -> which.test(waiting.mail));
  }

  /** Mails that wait or are being sent. */
  synchronized int size() {
    return inFlight.size() + lanes.values().stream().mapToInt(Deque::size).sum();
  }

  /** Whether the server failed the last time it was asked. */
  synchronized boolean isServerFailing() {
    return serverFailures > 0;
  }

  private void back(Mail mail, Instant now) {
    Waiting waiting = inFlight.remove(mail.key());
    if (waiting != null) {
      waiting.due = now.plus(pause(waiting.failures));
      waiting.failures++;
      lanes.computeIfAbsent(mail.lane(), lane -> new ArrayDeque<>()).add(waiting);
    }
  }

  private Duration pause(int failures) {
    long millis = SHORTEST_PAUSE.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    long longest = Math.min(millis, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis((long) (longest * (1 - JITTER * random.nextDouble())));
  }
}
