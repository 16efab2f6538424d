package no.front.vakt.standalone.up;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import no.front.vakt.standalone.Refusal;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink inside this process: one task manager, at-least-once checkpoints to files. A job goes on
 * from its newest complete checkpoint, and is stopped with a savepoint.
 */
final class StreamEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamEngine.class);
  private static final String LOOPBACK = "127.0.0.1";

  /** For RocksDB, which warns of less with as many states as the alert job has. */
  private static final MemorySize SLOT_MEMORY = MemorySize.ofMebiBytes(48);

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** A job of the household: what it is called, and its pipeline as code. */
  record Job(String name, Consumer<StreamExecutionEnvironment> definition) {}

  private final MiniCluster cluster;

  private StreamEngine(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts the engine without a job.
   *
   * @param temporary a directory of its own that is empty at every start
   * @param slots the parallelism of the widest job, times the number of jobs
   */
  static StreamEngine start(Path temporary, int slots) {
    var settings = clusterSettings(temporary);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, SLOT_MEMORY.multiply(slots));
    var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new Refusal("The stream engine did not start: %s.".formatted(e.getMessage()), e);
    }
    return new StreamEngine(cluster);
  }

  /** Starts the job where it was and returns when all its tasks run. */
  RunningJob run(Job job, Path checkpoints) {
    var shelf = new CheckpointShelf(checkpoints);
    shelf.tidy();
    var settings = jobSettings(shelf);
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    job.definition().accept(environment);
    var graph = environment.getStreamGraph();
    graph.setJobName(job.name());
    var plan = graph.getJobGraph();
    var running = new RunningJob(job.name(), plan.getJobID(), shelf);
    try {
      cluster.submitJob(plan).get(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS);
      running.awaitTasks();
      return running;
    } catch (ExecutionException | TimeoutException e) {
      // A job that comes up late must not run beside the next try.
      running.cancelQuietly();
      throw new Refusal("The %s did not start: %s.".formatted(job.name(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The start was interrupted.", e);
    }
  }

  /** A job that runs until it is closed. */
  final class RunningJob implements AutoCloseable {
    private final String name;
    private final JobID id;
    private final CheckpointShelf shelf;

    private RunningJob(String name, JobID id, CheckpointShelf shelf) {
      this.name = name;
      this.id = id;
      this.shelf = shelf;
    }

    private void awaitTasks() throws InterruptedException, ExecutionException, TimeoutException {
      long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
      while (!allTasksRun()) {
        if (status().isGloballyTerminalState()) {
          throw new TimeoutException("it ended at once");
        }
        if (System.nanoTime() > deadline) {
          throw new TimeoutException(
              "its tasks do not run after %d s".formatted(STARTS_WITHIN.toSeconds()));
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
      }
    }

    private boolean allTasksRun() throws InterruptedException, ExecutionException {
      // Before the job is laid out its graph has no tasks at all.
      return status() == JobStatus.RUNNING
          && StreamSupport.stream(
                  cluster.getExecutionGraph(id).get().getAllExecutionVertices().spliterator(),
                  false)
              .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
    }

    /**
     * Stops with a savepoint; where that fails the job is cancelled, and the last checkpoint is
     * what the next start goes on from.
     */
    @Override
    public void close() {
      try {
        stop();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void stop() throws InterruptedException {
      try {
        cluster
            .stopWithSavepoint(
                id, shelf.directory().toUri().toString(), false, SavepointFormatType.CANONICAL)
            .get(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("The {} did not stop with a savepoint and is cancelled.", name, e);
        cancel();
      }
    }

    private void cancelQuietly() {
      try {
        cancel();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void cancel() throws InterruptedException {
      try {
        cluster.cancelJob(id).get(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        cluster.requestJobResult(id).get(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        LOG.warn("The {} is cancelled: the next start goes on from its last checkpoint.", name);
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn(
            "The {} was not cancelled either and ends with the engine: the next start goes on from"
                + " its last checkpoint.",
            name,
            e);
      }
    }

    JobStatus status() throws InterruptedException, ExecutionException {
      return cluster.getJobStatus(id).get();
    }
  }

  @Override
  public void close() {
    try {
      cluster.closeAsync().get(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The stream engine did not stop in order.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Configuration clusterSettings(Path temporary) {
    var settings = new Configuration();
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.CANCEL_ENABLE, false);
    settings.set(JobManagerOptions.ADDRESS, LOOPBACK);
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(CoreOptions.TMP_DIRS, temporary.toString());
    settings.set(BlobServerOptions.STORAGE_DIRECTORY, temporary.toString());
    // Nobody looks at Flink's own page here, so nothing is fetched for it.
    settings.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ZERO);
    EngineTls.create(temporary, Clock.systemUTC()).addTo(settings);
    return settings;
  }

  /** Where the job's checkpoints lie is the household's to say; all else is the job's own. */
  private static Configuration jobSettings(CheckpointShelf shelf) {
    var settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, shelf.directory().toUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    shelf
        .newest()
        .ifPresent(
            newest -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, newest.toUri().toString()));
    return settings;
  }
}
