package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {
  private static final MessageIdentity ONE = new MessageIdentity("c", "1");
  private static final MessageIdentity OTHER = new MessageIdentity("c", "2");
  private final KeyRing keys = KeyRing.generate();
  private final Sealing sealing = keys.sealing();

  @Test
  void opensWhatItSealed() {
    Submission plain = SampleMessages.message("c", "1", SampleMessages.NOON);
    SealedSubmission sealed = SealedSubmission.seal(plain, sealing);
    assertThat(WireJson.text(sealed)).doesNotContain("99999901", "Trening", "192.0.2.7");
    assertThat(sealed.open(sealing)).isEqualTo(plain);
  }

  @Test
  void sealsTheSameTwiceToDifferentEnvelopes() {
    assertThat(sealing.seal("x", SealedField.TEXT, ONE))
        .isNotEqualTo(sealing.seal("x", SealedField.TEXT, ONE));
  }

  @Test
  void bindsToMessageAndField() {
    String sealed = sealing.seal("x", SealedField.TEXT, ONE);
    assertThatThrownBy(() -> sealing.open(sealed, SealedField.TEXT, OTHER))
        .isInstanceOf(UnsealException.class);
    assertThatThrownBy(() -> sealing.open(sealed, SealedField.RECIPIENT, ONE))
        .isInstanceOf(UnsealException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+4799999901", "s1:", "s1:AAAA", "s1:####", "s2:AQAAAAAAAA"})
  void callsGarbagePoisonRatherThanAMissingKey(String garbage) {
    assertThatThrownBy(() -> sealing.open(garbage, SealedField.TEXT, ONE))
        .isInstanceOf(UnsealException.class);
  }

  @Test
  void callsAnUnknownKeyMissing() {
    String sealed = KeyRing.generate().sealing().seal("x", SealedField.TEXT, ONE);
    assertThatThrownBy(() -> sealing.open(sealed, SealedField.TEXT, ONE))
        .isInstanceOf(MissingKeyException.class);
  }

  @Test
  void opensOldEnvelopesAfterRotationAndSealsWithTheNewKey() {
    String old = sealing.seal("x", SealedField.TEXT, ONE);
    KeyRing rotated = keys.rotated();
    assertThat(rotated.sealing().open(old, SealedField.TEXT, ONE)).isEqualTo("x");
    String fresh = rotated.sealing().seal("y", SealedField.TEXT, ONE);
    assertThatThrownBy(() -> sealing.open(fresh, SealedField.TEXT, ONE))
        .isInstanceOf(MissingKeyException.class);
  }

  @Test
  void keepsLookUpsAndCountersAcrossRotation() {
    KeyedHash before = keys.hashing();
    KeyedHash after = keys.rotated().hashing();
    assertThat(after.of("recipient", "+4799999901"))
        .isNotEqualTo(before.of("recipient", "+4799999901"));
    assertThat(after.all("recipient", "+4799999901"))
        .contains(before.of("recipient", "+4799999901"))
        .first()
        .isEqualTo(after.of("recipient", "+4799999901"));
    assertThat(after.countingKey("counters", 16)).isEqualTo(before.countingKey("counters", 16));
  }

  @Test
  void keepsKeysInFilesOnlyTheirOwnerCanRead(@TempDir Path directory) throws Exception {
    assertThat(KeyRing.isIn(directory)).isFalse();
    keys.save(directory);
    assertThat(KeyRing.isIn(directory)).isTrue();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("sealing.json"))))
        .isEqualTo("rw-------");
    String sealed = sealing.seal("x", SealedField.TEXT, ONE);
    assertThat(KeyRing.load(directory).sealing().open(sealed, SealedField.TEXT, ONE))
        .isEqualTo("x");
  }
}
