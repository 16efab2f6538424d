package no.front.vakt.verdictapi.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerKeysTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path directory;
  private Path file;
  private long nanos;
  private BearerKeys keys;

  @BeforeEach
  void open() throws Exception {
    file = directory.resolve("keys");
    Files.writeString(file, line("old"));
    keys = new BearerKeys(file, () -> nanos);
  }

  private static String line(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return "gateway " + HexFormat.of().formatHex(hash) + "\n";
  }

  private boolean opens(String key) {
    nanos += TimeUnit.SECONDS.toNanos(1);
    return keys.find("Bearer " + key).isPresent();
  }

  @Test
  void triesAgainWhatCouldNotBeReadThoughTheFileLooksTheSame() throws Exception {
    String good = line("new");
    // Half of a file that is being written: as long and as old as the whole one will be.
    Files.writeString(file, "#".repeat(3) + "\n" + "x".repeat(good.length() - 4));
    Files.setLastModifiedTime(file, FileTime.from(NOON));
    assertThat(opens("old")).isTrue();
    Files.writeString(file, good);
    Files.setLastModifiedTime(file, FileTime.from(NOON));

    assertThat(opens("new")).isTrue();
    assertThat(opens("old")).isFalse();
  }

  @Test
  void keepsTheKeysOfBeforeWhenTheFileIsEmptiedOrGone() throws Exception {
    Files.writeString(file, "# no key\n");
    assertThat(opens("old")).isTrue();
    Files.delete(file);
    assertThat(opens("old")).isTrue();
    Files.writeString(file, line("new"));

    assertThat(opens("new")).isTrue();
  }

  @Test
  void doesNotStartWithoutAKey() throws Exception {
    Files.writeString(file, "# no key\n");

    assertThatThrownBy(() -> new BearerKeys(file))
        .isInstanceOf(IOException.class)
        .hasMessage("holds no key");
    assertThat(BearerKeys.problem(file)).contains("holds no key");
  }
}
