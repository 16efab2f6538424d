package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that finds nothing proves nothing unless it would have found something. */
class CanarySearchTest {
  private static final String NUMBER = "+4799987654";
  private static final String TEXT = "Kanarifuglen på Lillehammer";

  private final CanarySearch search = new CanarySearch().number(NUMBER).text(TEXT);

  private void isFound(byte[] bytes) {
    byte[] around = new byte[bytes.length + 200];
    new Random(1).nextBytes(around);
    System.arraycopy(bytes, 0, around, 101, bytes.length);
    assertThat(search.in("record", around)).isNotEmpty();
  }

  private void isFound(String text) {
    isFound(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+4799987654",
        "4799987654",
        "004799987654",
        "99987654",
        "99 98 76 54",
        TEXT,
        "tel:99987654."
      })
  void findsWhatIsWrittenInAnyCharset(String written) {
    isFound(written.getBytes(StandardCharsets.UTF_8));
    isFound(written.getBytes(StandardCharsets.ISO_8859_1));
    isFound(written.getBytes(StandardCharsets.UTF_16BE));
    isFound(written.getBytes(StandardCharsets.UTF_16LE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+4799987654", "99987654", TEXT})
  void findsBase64AtEveryAlignment(String written) {
    for (Charset charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE}) {
      for (int before = 0; before < 6; before++) {
        for (int after = 0; after < 3; after++) {
          byte[] bytes = ("\0".repeat(before) + written + "?".repeat(after)).getBytes(charset);
          isFound(Base64.getEncoder().encodeToString(bytes));
          isFound(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+4799987654", TEXT})
  void findsPercentEncodingAndHex(String written) {
    isFound(URLEncoder.encode(written, StandardCharsets.UTF_8));
    isFound(URLEncoder.encode(written, StandardCharsets.UTF_8).replace("+", "%20"));
    isFound(URLEncoder.encode(written, StandardCharsets.ISO_8859_1));
    isFound(HexFormat.of().formatHex(written.getBytes(StandardCharsets.UTF_8)));
    isFound(HexFormat.of().withUpperCase().formatHex(written.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void findsANumberKeptAsANumber() {
    isFound(ByteBuffer.allocate(Long.BYTES).putLong(4_799_987_654L).array());
  }

  @Test
  void findsNothingInWhatIsSealedMaskedOrHashed() {
    KeyRing keys = KeyRing.generate();
    MessageIdentity identity = new MessageIdentity("club", "m-1");

    String sealed =
        keys.sealing().seal(NUMBER, SealedField.RECIPIENT, identity)
            + keys.sealing().seal(TEXT, SealedField.TEXT, identity)
            + Msisdn.mask(NUMBER)
            + keys.hashing().of("recipient", NUMBER);

    assertThat(search.in("record", sealed.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void searchesAllFilesBelowADirectoryAndTheirNames(@TempDir Path directory) throws Exception {
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/b/log.txt"), "sent to 99987654 today");
    Files.writeString(directory.resolve("a/4799987654.bin"), "nothing");
    Files.writeString(directory.resolve("a/clean.txt"), "nothing");

    assertThat(search.below(directory))
        .extracting(CanarySearch.Found::where)
        .contains("a/b/log.txt", "the name a/4799987654.bin")
        .doesNotContain("a/clean.txt");
  }

  @Test
  void refusesACanaryThatChanceWouldFind() {
    assertThatThrownBy(() -> search.text("hei")).isInstanceOf(IllegalArgumentException.class);
  }
}
