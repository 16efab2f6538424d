package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;
import no.front.vakt.standalone.up.StreamEngine.Job;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamEngineTest {
  /**
   * What the counting job has counted, run after run; its first entry of a run tells where it went
   * on.
   */
  private static final List<Long> COUNTED = new CopyOnWriteArrayList<>();

  private static final Duration OFTEN = Duration.ofMillis(200);

  @TempDir Path home;

  @Test
  void aJobGoesOnWhereItWasStopped() {
    run(() -> await().until(() -> !COUNTED.isEmpty() && last() >= 3));
    long stoppedAt = last();
    run(() -> await().until(() -> !COUNTED.isEmpty()));
    assertThat(COUNTED.get(0)).isEqualTo(stoppedAt + 1);
  }

  @Test
  void afterACrashItGoesOnFromTheNewestCheckpointThatIsWhole() throws Exception {
    var shelf = new CheckpointShelf(home.resolve("checkpoints"));
    run(() -> await().until(() -> !COUNTED.isEmpty() && last() >= 3));
    var savepoint = shelf.newest().orElseThrow();

    // What a crash in the middle of a checkpoint leaves: one with half its metadata, one with none.
    var half = Files.createDirectories(home.resolve("checkpoints/run/chk-998"));
    var metadata = Files.readAllBytes(savepoint.resolve("_metadata"));
    Files.write(half.resolve("_metadata"), java.util.Arrays.copyOf(metadata, metadata.length / 2));
    Files.createDirectories(home.resolve("checkpoints/run/chk-999"));

    assertThat(shelf.newest()).contains(savepoint);
    run(() -> await().until(() -> !COUNTED.isEmpty()));
    assertThat(COUNTED.get(0)).isGreaterThan(1);
    assertThat(home.resolve("checkpoints/run")).doesNotExist();
  }

  @Test
  void aJobWithoutRoomForItsSavepointIsCancelledAndGoesOnFromItsLastCheckpoint() throws Exception {
    var checkpoints = home.resolve("checkpoints");
    var away = home.resolve("away");
    COUNTED.clear();
    OwnerOnly.directory(home.resolve("tmp"));
    try (var engine = StreamEngine.start(home.resolve("tmp"), 1)) {
      var job = engine.run(new Job("counting", StreamEngineTest::define), checkpoints);
      await().until(() -> new CheckpointShelf(checkpoints).newest().isPresent());
      Files.move(checkpoints, away);
      Files.createFile(checkpoints);
      job.close();
      assertThat(job.status()).isEqualTo(JobStatus.CANCELED);
    }
    Files.delete(checkpoints);
    Files.move(away, checkpoints);
    run(() -> await().until(() -> !COUNTED.isEmpty()));
    assertThat(COUNTED.get(0)).isGreaterThan(1);
  }

  private void run(Runnable meanwhile) {
    COUNTED.clear();
    Directories.delete(home.resolve("tmp"));
    OwnerOnly.directory(home.resolve("tmp"));
    try (var engine = StreamEngine.start(home.resolve("tmp"), 1)) {
      var job =
          engine.run(new Job("counting", StreamEngineTest::define), home.resolve("checkpoints"));
      meanwhile.run();
      job.close();
    }
  }

  private static long last() {
    return COUNTED.get(COUNTED.size() - 1);
  }

  private static void define(StreamExecutionEnvironment environment) {
    environment.setParallelism(1);
    environment.enableCheckpointing(OFTEN.toMillis(), CheckpointingMode.AT_LEAST_ONCE);
    var numbers =
        new DataGeneratorSource<>(
            number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(50), Types.LONG);
    environment
        .fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers")
        .keyBy(number -> 0, Types.INT)
        .process(new Count())
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
  }

  private static final class Count extends KeyedProcessFunction<Integer, Long, Long> {
    private static final long serialVersionUID = 1;
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      long next = (count.value() == null ? 0 : count.value()) + 1;
      count.update(next);
      COUNTED.add(next);
    }
  }
}
