package no.front.vakt.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWatchTest {
  @TempDir Path shelf;

  @Test
  void seesACheckpointFromItsBeginningUntilItIsWhole() throws Exception {
    CheckpointWatch watch = new CheckpointWatch(shelf);
    assertThat(watch.isOneBegun()).isFalse();

    Path checkpoint = Files.createDirectories(shelf.resolve("cluster/job/run/chk-7"));
    assertThat(watch.isOneBegun()).isTrue();

    Files.createFile(checkpoint.resolve("_metadata"));
    assertThat(watch.isOneBegun()).isFalse();
  }

  @Test
  void whatAnEarlierKillLeftHalfDoneIsNotBeingWritten() throws Exception {
    Files.createDirectories(shelf.resolve("cluster/job/run/chk-7"));
    CheckpointWatch watch = new CheckpointWatch(shelf);
    assertThat(watch.isOneBegun()).isFalse();

    Files.createDirectories(shelf.resolve("cluster/job/next-run/chk-8"));
    assertThat(watch.isOneBegun()).isTrue();
  }

  @Test
  void aShelfThatIsNotThereYetHoldsNone() {
    assertThat(new CheckpointWatch(shelf.resolve("missing")).isOneBegun()).isFalse();
  }
}
