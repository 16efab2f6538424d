package no.front.vakt.standalone.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import no.front.vakt.standalone.LogFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what judging costs on this machine and prints it as it came out. */
@Command(
    name = "bench",
    description = {
      "Measures, in one run on this machine: throughput and latency of ScoringJob beside a job",
      "that judges nothing, checkpoint size, behaviour under overload, recovery from kill -9.",
      "Takes about five minutes and some gigabytes below --directory, which are removed."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--messages",
      defaultValue = "660000",
      description = "Messages of each saturation run (default: ${DEFAULT-VALUE}).")
  private long messages;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      description = "Saturation turns that count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Verdicts a second of the latency runs (default: ${DEFAULT-VALUE}).")
  private int perSecond;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of each latency run (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--only",
      split = ",",
      description = "Parts to measure: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Bench.Part> parts = EnumSet.allOf(Bench.Part.class);

  @Option(names = "--directory", description = "Where to work (default: below the temp directory).")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  public Integer call() throws Exception {
    LogFile.open(Path.of(System.getProperty("vakt.home", ""), "var", "log", "bench.log"));
    Path place = Files.createTempDirectory(directory, "vakt-bench-");
    try {
      new Bench(place, parts, messages, rounds, perSecond, seconds, System.out::println).run();
      return 0;
    } finally {
      try (var files = Files.walk(place)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    }
  }
}
