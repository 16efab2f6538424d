package no.front.vakt.controlapi.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaffKeysTest {
  private static final String KARI = "key-of-kari";
  private static final String OLA = "key-of-ola";
  private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");

  @TempDir Path directory;
  private Path file;
  private StaffKeys keys;

  @BeforeEach
  void oneOnTheStaff() throws Exception {
    file = directory.resolve("staff-keys");
    write(line("kari", KARI), NOON);
    keys = new StaffKeys(file);
  }

  private static String line(String name, String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return name + " " + HexFormat.of().formatHex(hash) + "\n";
  }

  private void write(String lines, Instant modified) throws IOException {
    Files.writeString(file, lines);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  private boolean opens(String key) {
    return keys.find("Bearer " + key).isPresent();
  }

  @Test
  void takesAChangedFile() throws Exception {
    write(line("kari", KARI) + line("ola", OLA), NOON.plusSeconds(1));

    keys.look();

    assertThat(keys.find("Bearer " + OLA)).contains("ola");
    assertThat(opens(KARI)).isTrue();
  }

  @Test
  void triesAFileAgainThatCouldNotBeReadThoughItLooksTheSame() throws Exception {
    Path meanwhile = directory.resolve("meanwhile");
    write(line("kari", KARI) + line("ola", OLA), NOON.plusSeconds(1));
    long size = Files.size(file);
    Files.move(file, meanwhile);
    // Of the same size and time, and not to be read.
    Files.write(file, filled(size));
    Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(1)));
    keys.look();
    assertThat(opens(KARI)).isTrue();
    Files.delete(file);
    Files.move(meanwhile, file);

    keys.look();

    assertThat(opens(OLA)).isTrue();
  }

  private static byte[] filled(long size) {
    byte[] notUtf8 = new byte[(int) size];
    Arrays.fill(notUtf8, (byte) 0xFF);
    return notUtf8;
  }

  @Test
  void keepsTheFormerKeysWhileAFileHoldsNone() throws Exception {
    write("# nobody yet\n", NOON.plusSeconds(1));
    keys.look();
    assertThat(opens(KARI)).isTrue();
    assertThat(StaffKeys.problem(file)).contains("holds no key");

    write(line("ola", OLA), NOON.plusSeconds(2));
    keys.look();

    assertThat(opens(KARI)).isFalse();
    assertThat(opens(OLA)).isTrue();
  }

  @Test
  void keepsTheFormerKeysWhileThereIsNoFile() throws Exception {
    Files.delete(file);

    keys.look();

    assertThat(opens(KARI)).isTrue();
  }
}
