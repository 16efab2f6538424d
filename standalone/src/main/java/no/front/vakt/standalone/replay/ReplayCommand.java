package no.front.vakt.standalone.replay;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import no.front.vakt.detection.files.Replay;
import no.front.vakt.detection.files.ReplayException;
import no.front.vakt.detection.files.ReplayProgress;
import no.front.vakt.detection.files.ReplayRequest;
import no.front.vakt.standalone.ProgressBar;
import no.front.vakt.standalone.ProgressBar.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Judges a file of submissions with the real job and writes one verdict a line. */
@Command(
    name = "replay",
    description = {
      "Judges a file of submissions, one JSON object a line, with the real job,",
      "in order of (submittedAt, line), and writes one verdict a line in the order of the input."
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  @Option(
      names = "--policies",
      paramLabel = "FILE",
      description =
          "Policies in JSON, one or several. The shipped default is inherited unless the file holds one.")
  private @Nullable Path policies;

  @Option(
      names = "--warm-up",
      paramLabel = "FILE",
      description = "Submissions judged first, without output.")
  private @Nullable Path warmUp;

  @Option(names = "--in", paramLabel = "FILE", required = true, description = "The submissions.")
  private Path in = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the verdicts go; appears whole or not at all.")
  private Path out = Path.of("");

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Judging subtasks; default: one a core.")
  private int parallelism = Math.min(64, Runtime.getRuntime().availableProcessors());

  @Override
  public Integer call() {
    if (parallelism < 1 || parallelism > 64) {
      System.err.println("vakt: --parallelism must be from 1 to 64");
      return 2;
    }
    ReplayProgress progress = new ReplayProgress();
    long begun = System.nanoTime();
    try (ProgressBar bar = ProgressBar.onTerminal(System.err, () -> drawn(progress))) {
      Replay.Result result =
          Replay.run(new ReplayRequest(policies, warmUp, in, out, parallelism), progress);
      bar.clear();
      result.warnings().forEach(warning -> System.err.println("vakt: note: " + warning));
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.err.printf(
          java.util.Locale.ROOT,
          "%,d messages judged in %.1f s; verdicts are in %s%n",
          result.messages(),
          seconds,
          out);
      return 0;
    } catch (ReplayException e) {
      System.err.println("vakt: " + e.getMessage());
      return 1;
    }
  }

  private static Progress drawn(ReplayProgress progress) {
    var phase =
        switch (progress.phase()) {
          case CHECKING -> "checking";
          case JUDGING -> "judging ";
          case WRITING -> "writing ";
        };
    return new Progress(phase, (double) progress.done() / Math.max(1, progress.total()), "");
  }
}
