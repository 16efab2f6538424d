package no.front.vakt.standalone.outside;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code bin/vakt up} as a child process on this process's class path, everything it says appended
 * to {@code up.log} in its place. It does not outlive this process.
 */
public final class VaktProcess {
  /** An orderly stop may write an archive of classes as well. */
  private static final long SECONDS_TO_STOP = 120;

  /** Where Surefire keeps the class path when its own jar stands for it. */
  private static final String TEST_CLASS_PATH = "surefire.test.class.path";

  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  private final Process process;

  private final Thread endWithParent;

  private VaktProcess(Process process) {
    this.process = process;
    this.endWithParent = new Thread(process::destroyForcibly, "end-child");
    Runtime.getRuntime().addShutdownHook(endWithParent);
  }

  /** Starts one and returns at once. */
  public static VaktProcess start(OwnPlace place) throws IOException {
    return start(place, sharedClasses(place));
  }

  /**
   * Starts one whose orderly stop leaves its loaded classes behind, as the first run of {@code
   * bin/vakt up} does: the next starts are as fast as an installed Vakt's.
   */
  public static VaktProcess startFirst(OwnPlace place) throws IOException {
    List<String> shared = sharedClasses(place);
    return start(
        place,
        shared.isEmpty()
            ? List.of("-XX:ArchiveClassesAtExit=" + archive(place), "-Xlog:disable")
            : shared);
  }

  private static Path archive(OwnPlace place) {
    return place.directory().resolve("classes.jsa");
  }

  /** The archive this process was started with, or that a first start of the place left. */
  private static List<String> sharedClasses(OwnPlace place) {
    List<String> own =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith(ARCHIVE))
            .toList();
    List<String> flags = new ArrayList<>(own);
    if (own.isEmpty() && Files.exists(archive(place))) {
      flags.add(ARCHIVE + archive(place));
    }
    if (!flags.isEmpty()) {
      flags.addAll(List.of("-Xshare:auto", "-Xlog:disable"));
    }
    return flags;
  }

  private static VaktProcess start(OwnPlace place, List<String> flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-XX:-UsePerfData"));
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty(TEST_CLASS_PATH, System.getProperty("java.class.path")));
    command.addAll(List.of("no.front.vakt.standalone.Vakt", "up"));
    place
        .settings()
        .forEach(
            (key, value) -> {
              command.add("--set");
              command.add(key + "=" + value);
            });
    return new VaktProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(place.directory().resolve("up.log").toFile()))
            .start());
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** How much time of the machine's cores it has taken, in seconds. */
  public double coreSeconds() {
    return process.info().totalCpuDuration().map(time -> time.toMillis() / 1e3).orElse(Double.NaN);
  }

  /** Ends it with SIGKILL and returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    forget();
  }

  /** Stops it in order, or with force when it takes too long. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      kill();
    }
    forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(endWithParent);
    } catch (IllegalStateException e) {
      // This process is on its way out itself: the hook has run.
      return;
    }
  }
}
