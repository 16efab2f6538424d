package no.front.vakt.standalone;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How far something has come, drawn on one line of a terminal. Where there is no terminal it draws
 * nothing, or prints a plain line for each tenth, as it was made. Other lines are said above the
 * bar.
 */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final int REDRAW_MILLIS = 200;
  private static final int TENTHS = 10;

  /** What a terminal of 100 columns holds without a line break. */
  private static final int MOST_COLUMNS = 99;

  /** What to draw: a word before the bar, how much of it is full (0 to 1), words after it. */
  public record Progress(String before, double share, String after) {}

  /** What becomes of the bar. */
  enum Style {
    BAR,
    LINES,
    NOTHING
  }

  private final PrintStream out;
  private final Supplier<Progress> progress;
  private final Style style;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress-bar");
            thread.setDaemon(true);
            return thread;
          });

  private int drawnColumns;
  private int toldTenth;

  ProgressBar(PrintStream out, Supplier<Progress> progress, Style style) {
    this.out = out;
    this.progress = progress;
    this.style = style;
  }

  /** A bar on a terminal, and nothing anywhere else. */
  public static ProgressBar onTerminal(PrintStream out, Supplier<Progress> progress) {
    return new ProgressBar(out, progress, isTerminal() ? Style.BAR : Style.NOTHING).started();
  }

  /** A bar on a terminal, and a line each tenth anywhere else. */
  public static ProgressBar anywhere(PrintStream out, Supplier<Progress> progress) {
    return new ProgressBar(out, progress, isTerminal() ? Style.BAR : Style.LINES).started();
  }

  private static boolean isTerminal() {
    return System.console() != null;
  }

  private ProgressBar started() {
    if (style != Style.NOTHING) {
      clock.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
    return this;
  }

  /** Brings what is drawn up to date. */
  public synchronized void draw() {
    if (clock.isShutdown()) {
      return;
    }
    var now = progress.get();
    double share = Math.max(0, Math.min(1, now.share()));
    if (style == Style.BAR) {
      wipe();
      var line = line(now, share);
      out.print(line);
      out.flush();
      drawnColumns = line.length();
    } else if (style == Style.LINES && (int) (share * TENTHS) > toldTenth) {
      toldTenth = (int) (share * TENTHS);
      out.println(
          String.format(
              Locale.ROOT, "%s  %3d %%  %s", now.before(), toldTenth * TENTHS, now.after()));
    }
  }

  private static String line(Progress now, double share) {
    int full = (int) Math.round(share * WIDTH);
    var line =
        String.format(
            Locale.ROOT,
            "%s [%s%s] %3d %%  %s",
            now.before(),
            "#".repeat(full),
            "-".repeat(WIDTH - full),
            (int) (share * 100),
            now.after());
    return line.length() > MOST_COLUMNS ? line.substring(0, MOST_COLUMNS) : line.stripTrailing();
  }

  private void wipe() {
    if (drawnColumns > 0) {
      out.print("\r" + " ".repeat(drawnColumns) + "\r");
      drawnColumns = 0;
    }
  }

  /** Prints a line above the bar. */
  public synchronized void say(String line) {
    wipe();
    out.println(line);
    if (style == Style.BAR) {
      draw();
    }
  }

  /** Takes the bar off the terminal; nothing is drawn any more. */
  public synchronized void clear() {
    clock.shutdownNow();
    wipe();
    out.flush();
  }

  @Override
  public void close() {
    clear();
  }
}
