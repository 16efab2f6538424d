package no.front.vakt.verdictapi.access;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for slow checks and two short queues, one for ids that customers have and one for
 * ids that nobody has. The threads take from both in turn, so that made-up ids, of which there is
 * no end, never take more than half of them from the customers, nor any of their places.
 * Thread-safe.
 */
final class PasswordThreads implements AutoCloseable {
  private static final class Line {
    private final Semaphore places;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    private Line(int places) {
      this.places = new Semaphore(places);
    }

    private @Nullable Runnable next() {
      return waiting.poll();
    }
  }

  private final Line customers;
  private final Line nobodys;
  private final AtomicInteger turn = new AtomicInteger();
  private final ExecutorService threads;

  /**
   * Starts the threads when they are needed.
   *
   * @param queue checks of each kind that may wait while every thread is at work
   */
  PasswordThreads(int count, int queue) {
    customers = new Line(count + queue);
    nobodys = new Line(count + queue);
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "door-passwords");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Has a check made; throws {@link RejectedExecutionException} when too many of its kind wait.
   *
   * @param isCustomers whether its id is a customer's
   */
  void execute(boolean isCustomers, Runnable check) {
    Line line = isCustomers ? customers : nobodys;
    if (!line.places.tryAcquire()) {
      throw new RejectedExecutionException("Too many passwords wait to be checked");
    }
    line.waiting.add(
        () -> {
          try {
            check.run();
          } finally {
            line.places.release();
          }
        });
    threads.execute(this::makeNext);
  }

  /** One run for each check that waits; whichever check it makes, one is made. */
  private void makeNext() {
    boolean first = (turn.getAndIncrement() & 1) == 0;
    Runnable next = (first ? customers : nobodys).next();
    if (next == null) {
      next = (first ? nobodys : customers).next();
    }
    if (next != null) {
      next.run();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
