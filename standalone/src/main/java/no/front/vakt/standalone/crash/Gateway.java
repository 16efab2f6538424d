package no.front.vakt.standalone.crash;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Submission;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that does what is right: hands messages in over several kept connections, and asks
 * again under the same id when it got no answer, was told to wait, or not told that the message was
 * accepted. It stops when its connections break until somebody tells it that the door answers.
 */
final class Gateway implements AutoCloseable {
  private static final int CONNECTIONS = 12;
  private static final long AGAIN_SOONEST_MILLIS = 100;
  private static final long AGAIN_LATEST_MILLIS = 800;

  /** Of those told to wait for their verdict, one in so many asks again all the same. */
  private static final int CURIOUS = 4;

  private static final long CURIOUS_AFTER_MILLIS = 3_000;

  /** How long callers say they wait: mostly the usual, now and then not at all. */
  private static final int[] DEADLINES_MILLIS = {400, 400, 400, 400, 2_000, 0};

  private final VerdictCaller.Door door;
  private final Ledger ledger;
  private final CrashTraffic traffic;
  private final int submissions;
  private final long nanosEach;
  private final DelayQueue<Call> again = new DelayQueue<>();
  private final AtomicInteger handedIn = new AtomicInteger();
  private final AtomicInteger unsettled = new AtomicInteger();
  private final AtomicLong repeated = new AtomicLong();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean isOpen;
  private volatile boolean isClosed;
  private long nextSlotNanos = System.nanoTime();

  /** Messages of one call, to be made when its time has come. */
  private record Call(List<Submission> messages, long dueNanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(dueNanos, ((Call) other).dueNanos);
    }
  }

  Gateway(CrashSettings settings, VerdictCaller.Door door, Ledger ledger) {
    this.door = door;
    this.ledger = ledger;
    this.traffic = new CrashTraffic(settings, Clock.systemUTC());
    this.submissions = settings.submissions();
    this.nanosEach = (long) (1e9 / settings.perSecond());
  }

  void start() {
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread caller = new Thread(this::work, "gateway-" + i);
      caller.setDaemon(true);
      callers.add(caller);
      caller.start();
    }
  }

  /** The door answers: go on. */
  void open() {
    isOpen = true;
  }

  boolean isShut() {
    return !isOpen;
  }

  /** How many messages have been handed in at least once. */
  int handedIn() {
    return handedIn.get();
  }

  /** How many messages were handed in again. */
  long repeated() {
    return repeated.get();
  }

  /** Whether every message was handed in and nobody wants to ask again. */
  boolean isDone() {
    return handedIn.get() >= submissions && unsettled.get() == 0;
  }

  private void work() {
    try (VerdictCaller caller = new VerdictCaller(door)) {
      while (!isClosed) {
        Call call = isOpen ? nextCall() : null;
        if (call == null) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        } else {
          make(call, caller);
        }
      }
    }
  }

  private @Nullable Call nextCall() {
    Call due = again.poll();
    if (due != null) {
      repeated.addAndGet(due.messages.size());
      return due;
    }
    synchronized (traffic) {
      long now = System.nanoTime();
      int left = submissions - handedIn.get();
      if (left <= 0 || now < nextSlotNanos) {
        return null;
      }
      List<Submission> messages = traffic.nextCall(left);
      // Time lost while the door was shut is not made up for.
      nextSlotNanos =
          Math.max(nextSlotNanos, now - TimeUnit.MILLISECONDS.toNanos(50))
              + messages.size() * nanosEach;
      unsettled.addAndGet(messages.size());
      handedIn.addAndGet(messages.size());
      return new Call(messages, now);
    }
  }

  private void make(Call call, VerdictCaller caller) {
    call.messages.forEach(message -> ledger.handedIn(message.identity()));
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int deadline = DEADLINES_MILLIS[random.nextInt(DEADLINES_MILLIS.length)];
    Map<MessageIdentity, VerdictCaller.Reply> replies;
    try {
      replies = caller.call(call.messages, deadline);
    } catch (IOException e) {
      isOpen = false;
      replies = Map.of();
    }
    for (Submission message : call.messages) {
      settle(message, replies.get(message.identity()), random);
    }
  }

  private void settle(
      Submission message, VerdictCaller.@Nullable Reply reply, ThreadLocalRandom random) {
    boolean isAskedAgain = true;
    long wait = random.nextLong(AGAIN_SOONEST_MILLIS, AGAIN_LATEST_MILLIS);
    if (reply != null && reply.verdict() != null) {
      ledger.judged(message.identity(), reply.verdict());
      isAskedAgain = false;
    } else if (reply != null && reply.isPending()) {
      ledger.accepted(message.identity());
      isAskedAgain = random.nextInt(CURIOUS) == 0;
      wait = CURIOUS_AFTER_MILLIS;
    } else if (reply != null && reply.refusal() != null) {
      ledger.refused(message.identity(), reply.refusal());
      isAskedAgain = false;
    }
    if (isAskedAgain) {
      long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
      again.add(new Call(List.of(message), due));
    } else {
      unsettled.decrementAndGet();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      for (Thread caller : callers) {
        caller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
