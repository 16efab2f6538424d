package no.front.vakt.detection.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KeySource;
import no.front.vakt.detection.job.PolicySnapshot;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.detection.job.RawSubmission;
import no.front.vakt.detection.scoring.RulingOutputs;
import no.front.vakt.detection.scoring.ScoringOptions;
import no.front.vakt.detection.scoring.ScoringPipeline;
import no.front.vakt.detection.scoring.SubmissionReader;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a file of submissions with the real pipeline, bounded: checks every line, judges in order
 * of (submittedAt, line), writes one verdict a line in the order of the input. The output appears
 * whole or not at all.
 */
public final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final int MOST_LOOKS = 100;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  // The pipeline runs in this process; what cannot be serialised into it is found by ticket.
  private static final Map<String, Replay> RUNNING = new ConcurrentHashMap<>();

  private final ReplayRequest request;
  private final ReplayProgress progress;
  private final String ticket = UUID.randomUUID().toString();
  private @Nullable SubmissionFiles submissions;
  private List<RawRecord> policyRecords = List.of();

  private Replay(ReplayRequest request, ReplayProgress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * What came of a replay.
   *
   * @param messages verdicts written
   * @param warnings rules that cannot do what their author meant
   */
  public record Result(long messages, List<String> warnings) {}

  /** Runs to the end; throws with one clear sentence and leaves no output. */
  public static Result run(ReplayRequest request, ReplayProgress progress) throws ReplayException {
    return new Replay(request, progress).run();
  }

  private Result run() throws ReplayException {
    checkPaths();
    PolicyFile policies = request.policies() == null ? null : PolicyFile.read(request.policies());
    Path directory = null;
    Thread sweeper = null;
    try {
      Path parent = request.out().toAbsolutePath().getParent();
      directory = Files.createTempDirectory(parent, ".vakt-replay-");
      Path toSweep = directory;
      sweeper = new Thread(() -> delete(toSweep));
      Runtime.getRuntime().addShutdownHook(sweeper);
      try (SubmissionFiles checked =
          SubmissionFiles.check(request.warmUp(), request.in(), directory, progress)) {
        submissions = checked;
        RUNNING.put(ticket, this);
        progress.begin(ReplayProgress.Phase.JUDGING, checked.total());
        if (checked.total() > 0) {
          judge(policies, directory);
        }
        Path whole = directory.resolve("out");
        VerdictSpool.assemble(
            directory,
            checked.total() > 0 ? request.parallelism() : 0,
            checked.lines(),
            whole,
            progress);
        Files.move(
            whole,
            request.out(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        return new Result(checked.lines(), policies == null ? List.of() : policies.warnings());
      }
    } catch (NoSuchFileException e) {
      throw new ReplayException(e.getFile() + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new ReplayException(e.getFile() + " cannot be written: permission denied", e);
    } catch (IOException e) {
      throw new ReplayException("Replay failed: " + e.getMessage(), e);
    } finally {
      RUNNING.remove(ticket);
      if (directory != null) {
        delete(directory);
      }
      if (sweeper != null) {
        forget(sweeper);
      }
    }
  }

  private void checkPaths() throws ReplayException {
    for (Path path : new Path[] {request.policies(), request.warmUp(), request.in()}) {
      if (path != null && !Files.isRegularFile(path)) {
        throw new ReplayException(
            path + (Files.exists(path) ? " is not a file" : " does not exist"));
      }
      if (path != null && !Files.isReadable(path)) {
        throw new ReplayException(path + " cannot be read");
      }
    }
    Path out = request.out().toAbsolutePath();
    if (Files.isDirectory(out)) {
      throw new ReplayException(request.out() + " is a directory");
    }
    // A device, say: it would be replaced by a file of that name.
    if (Files.exists(out) && !Files.isRegularFile(out)) {
      throw new ReplayException(request.out() + " is not a file");
    }
    checkIsNot(out, request.in(), "--in");
    checkIsNot(out, request.warmUp(), "--warm-up");
    checkIsNot(out, request.policies(), "--policies");
    if (!Files.isDirectory(out.getParent())) {
      throw new ReplayException("The directory " + out.getParent() + " does not exist");
    }
  }

  private static void checkIsNot(Path out, @Nullable Path read, String option)
      throws ReplayException {
    try {
      if (read != null && Files.exists(out) && Files.isSameFile(out, read)) {
        throw new ReplayException("--out is the same file as " + option);
      }
    } catch (IOException e) {
      throw new ReplayException(out + " cannot be looked at: " + e.getMessage(), e);
    }
  }

  private void judge(@Nullable PolicyFile policies, Path directory) throws ReplayException {
    if (policies != null) {
      policyRecords = policies.records();
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            request.parallelism(), settings(directory));
    ScoringOptions options =
        new ScoringOptions(
            KeySource.fresh(),
            new SubmissionReader.Plain(),
            new RulingOutputs.ToLines(),
            new ByTicket(ticket),
            policies == null || !policies.holdsDefault(),
            true);
    try {
      DataStream<RawRecord> none = env.fromData(RawRecord.of("", new byte[0])).filter(raw -> false);
      ScoringPipeline.define(source(env), none, options)
          .sinkTo(new SpoolSink(directory))
          .name("verdicts");
      env.execute("vakt-replay");
    } catch (Exception e) {
      Throwable root = e;
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      throw new ReplayException("Judging stopped: " + root.getMessage(), e);
    }
  }

  private DataStream<RawSubmission> source(StreamExecutionEnvironment env) {
    long total = submissions == null ? 0 : submissions.total();
    return env.fromSource(
            new DataGeneratorSource<>(
                new InOrder(ticket), total, TypeInformation.of(RawSubmission.class)),
            WatermarkStrategy.<RawSubmission>forMonotonousTimestamps()
                .withTimestampAssigner((raw, ignored) -> raw.logMillis),
            "submissions in order of time")
        .setParallelism(1);
  }

  private static Configuration settings(Path directory) {
    Configuration settings = new Configuration();
    // Whatever the engine puts on disk goes where only we can read, and goes with it.
    settings.set(CoreOptions.TMP_DIRS, directory.toString());
    settings.set(BlobServerOptions.STORAGE_DIRECTORY, directory.toString());
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.CANCEL_ENABLE, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.MAX_PARALLELISM, JobSettings.MAX_PARALLELISM);
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofSeconds(1));
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    // Nothing of the engine is to be reached from outside; blob server and REST too.
    settings.set(JobManagerOptions.ADDRESS, "localhost");
    settings.set(JobManagerOptions.BIND_HOST, "localhost");
    settings.set(TaskManagerOptions.BIND_HOST, "localhost");
    settings.set(TaskManagerOptions.HOST, "localhost");
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    return settings;
  }

  /** The policies of a running replay, which never leave this process's memory. */
  private record ByTicket(String ticket) implements PolicySnapshot {
    @Override
    public List<RawRecord> read() {
      return RUNNING.get(ticket).policyRecords;
    }
  }

  /** Hands out the submissions of a running replay one by one. */
  private static final class InOrder implements GeneratorFunction<Long, RawSubmission> {
    private final String ticket;
    private transient Replay replay;

    private InOrder(String ticket) {
      this.ticket = ticket;
    }

    @Override
    public void open(SourceReaderContext context) {
      replay = RUNNING.get(ticket);
    }

    @Override
    public RawSubmission map(Long step) throws Exception {
      if ((step & 0x3FF) == 0) {
        replay.progress.advance(step);
      }
      return replay.submissions.next();
    }
  }

  /**
   * Deletes the directory with all in it. The engine clears its own files away beside us for a
   * moment after the job has ended, so a file that goes by itself is no error, and we look again.
   */
  private static void delete(Path directory) {
    for (int look = 0; look < MOST_LOOKS && Files.exists(directory); look++) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("A file of a replay went while its directory was cleared", e);
      }
      if (Files.exists(directory)) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  private static void forget(Thread sweeper) {
    try {
      Runtime.getRuntime().removeShutdownHook(sweeper);
    } catch (IllegalStateException e) {
      // The process is on its way down and the hook runs by itself.
      return;
    }
  }
}
