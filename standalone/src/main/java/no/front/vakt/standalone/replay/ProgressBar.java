package no.front.vakt.standalone.replay;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import no.front.vakt.detection.files.ReplayProgress;

/** Draws a replay's progress on a terminal; draws nothing where there is none. */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 32;
  private static final int REDRAW_MILLIS = 200;

  private final ReplayProgress progress;
  private final boolean onTerminal = System.console() != null;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress-bar");
            thread.setDaemon(true);
            return thread;
          });

  private ProgressBar(ReplayProgress progress) {
    this.progress = progress;
  }

  static ProgressBar of(ReplayProgress progress) {
    ProgressBar bar = new ProgressBar(progress);
    if (bar.onTerminal) {
      bar.clock.scheduleAtFixedRate(bar::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
    return bar;
  }

  private void draw() {
    long total = Math.max(1, progress.total());
    double share = Math.min(1.0, (double) progress.done() / total);
    int full = (int) Math.round(share * WIDTH);
    System.err.print(
        "\r"
            + label()
            + " ["
            + "#".repeat(full)
            + "-".repeat(WIDTH - full)
            + "] "
            + String.format(Locale.ROOT, "%3d %%", (int) (share * 100)));
    System.err.flush();
  }

  private String label() {
    return switch (progress.phase()) {
      case CHECKING -> "checking";
      case JUDGING -> "judging ";
      case WRITING -> "writing ";
    };
  }

  /** Takes the bar off the terminal; nothing is drawn any more. */
  void clear() {
    if (!clock.isShutdown()) {
      clock.shutdownNow();
      if (onTerminal) {
        System.err.print("\r" + " ".repeat(WIDTH + 20) + "\r");
      }
    }
  }

  @Override
  public void close() {
    clear();
  }
}
