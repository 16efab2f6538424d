package no.front.vakt.standalone.up;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import no.front.vakt.standalone.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that are up, in the order they came up; taken down in the reverse order. One part is
 * started at a time, and none any more once somebody has begun to take them down.
 */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

  private final Consumer<String> terminal;
  private final Deque<AutoCloseable> up = new ArrayDeque<>();
  private final ScheduledExecutorService tries =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "parts-beside");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean isStopping;
  private volatile @Nullable AutoCloseable goesFirst;

  Parts(Consumer<String> terminal) {
    this.terminal = terminal;
  }

  /** Starts one part and tells how long it took. */
  <T extends AutoCloseable> T bringUp(String name, Callable<T> start) {
    long began = System.nanoTime();
    var part = take(name, start);
    tellUp(name, began);
    return part;
  }

  /** As {@link #bringUp}; of all parts this one is taken down first. */
  <T extends AutoCloseable> T bringUpFirstToGo(String name, Callable<T> start) {
    var part = bringUp(name, start);
    goesFirst = part;
    return part;
  }

  /**
   * Starts a part that the others do without: when it does not come up, that is told and it is
   * tried again until it does.
   */
  <T extends AutoCloseable> void bringUpBeside(String name, Callable<T> start, Consumer<T> whenUp) {
    try {
      whenUp.accept(bringUp(name, start));
    } catch (RuntimeException e) {
      if (isStopping) {
        throw e;
      }
      LOG.info("The {} did not start.", name, e);
      terminal.accept(
          "The %s did not start: %s It is tried again; messages are judged meanwhile."
              .formatted(name, sentence(e)));
      tryAgain(name, start, whenUp);
    }
  }

  private <T extends AutoCloseable> void tryAgain(
      String name, Callable<T> start, Consumer<T> whenUp) {
    tries.schedule(
        () -> {
          try {
            whenUp.accept(bringUp(name, start));
          } catch (RuntimeException e) {
            LOG.info("The {} did not start again: {}", name, e.getMessage());
            if (!isStopping) {
              tryAgain(name, start, whenUp);
            }
          }
        },
        BETWEEN_TRIES.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Does something that leaves nothing to be taken down. */
  void step(String name, Runnable step) {
    long began = System.nanoTime();
    take(
        name,
        () -> {
          step.run();
          return () -> {};
        });
    tellUp(name, began);
  }

  /** Starts a part that needs no other beside those that do. */
  <T extends AutoCloseable> Supplier<T> aside(String name, Supplier<T> start) {
    var part =
        CompletableFuture.supplyAsync(start, task -> new Thread(task, "start-aside").start());
    take(name, () -> () -> part.join().close());
    return () -> {
      try {
        return part.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    };
  }

  <T extends AutoCloseable> T take(String name, Callable<T> start) {
    synchronized (up) {
      if (isStopping) {
        throw new Refusal("The start was stopped.");
      }
      try {
        var part = start.call();
        up.push(part);
        return part;
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new Refusal("The %s did not start: %s.".formatted(name, e.getMessage()), e);
      }
    }
  }

  /** Whether somebody has begun to take them down. */
  boolean isStopping() {
    return isStopping;
  }

  /** Takes everything down; may be called at any moment, more than once, and from any thread. */
  @Override
  public void close() {
    isStopping = true;
    tries.shutdown();
    synchronized (up) {
      var first = goesFirst;
      if (first != null) {
        goesFirst = null;
        up.remove(first);
        up.push(first);
      }
      while (!up.isEmpty()) {
        var part = up.pop();
        try {
          part.close();
        } catch (Exception e) {
          LOG.warn("A part did not stop in order; the next start recovers.", e);
        }
      }
    }
  }

  private void tellUp(String name, long began) {
    terminal.accept(
        "%-26s up after %s"
            .formatted(
                name, String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9)));
  }

  private static String sentence(RuntimeException e) {
    var message = String.valueOf(e.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }
}
