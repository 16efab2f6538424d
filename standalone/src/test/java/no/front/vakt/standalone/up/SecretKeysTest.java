package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.SealedField;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeysTest {
  private static final MessageIdentity MESSAGE = new MessageIdentity("shop", "1");

  @TempDir Path home;

  @Test
  void areMadeOnceAndKept() throws Exception {
    var first = prepare(false);
    var envelope = first.keyRing().sealing().seal("hei", SealedField.TEXT, MESSAGE);
    var bearer = Files.readString(first.gatewayKey());

    var second = prepare(true);
    assertThat(second.keyRing().sealing().open(envelope, SealedField.TEXT, MESSAGE))
        .isEqualTo("hei");
    assertThat(second.gatewayKey()).hasContent(bearer);
    assertThat(Files.readString(second.callers())).matches("(?s)#.*\ngateway [0-9a-f]{64}\n");
    for (var file :
        new Path[] {
          second.gatewayKey(), second.callers(), second.sealing().resolve("sealing.json")
        }) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void areNeverReplacedWhileThereIsDataTheySealed() {
    prepare(false);
    Directories.delete(home.resolve("keys/sealing"));
    assertThatThrownBy(() -> prepare(true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the keys that the data was sealed with");
  }

  @Test
  void areRefusedWhenHalfThereOrOpenToOthers() throws Exception {
    prepare(false);
    var hashing = home.resolve("keys/sealing/hashing.json");
    Files.setPosixFilePermissions(hashing, PosixFilePermissions.fromString("rw-rw----"));
    assertThatThrownBy(() -> prepare(true))
        .hasMessageContaining("hashing.json is open to other users");
    Files.delete(hashing);
    assertThatThrownBy(() -> prepare(true)).hasMessageContaining("half there");
  }

  @Test
  void theBearerKeyMayBeCarriedAway() throws Exception {
    Files.delete(prepare(false).gatewayKey());
    assertThat(prepare(true).gatewayKey()).doesNotExist();
  }

  private SecretKeys prepare(boolean hasData) {
    return SecretKeys.prepare(home.resolve("keys"), hasData);
  }
}
