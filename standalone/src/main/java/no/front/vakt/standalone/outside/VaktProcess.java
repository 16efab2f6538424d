package no.front.vakt.standalone.outside;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code bin/vakt up} as a child process, on this process's class path and with its Java flags,
 * everything it says appended to {@code up.log} in its place.
 */
public final class VaktProcess {
  private static final long SECONDS_TO_STOP = 60;

  /** Where Surefire keeps the class path when its own jar stands for it. */
  private static final String TEST_CLASS_PATH = "surefire.test.class.path";

  private final Process process;

  private VaktProcess(Process process) {
    this.process = process;
  }

  /** Starts one and returns at once. */
  public static VaktProcess start(OwnPlace place) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC", "-XX:-UsePerfData"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(VaktProcess::isSharedClasses)
        .forEach(command::add);
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

  /** The archive of loaded classes that {@code bin/vakt} names serves the child just as well. */
  private static boolean isSharedClasses(String flag) {
    return flag.startsWith("-XX:SharedArchiveFile=")
        || flag.startsWith("-Xshare:")
        || flag.startsWith("-Xlog:disable");
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it with SIGKILL and returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it in order, or with force when it takes too long. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
