package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
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
          second.gatewayKey(),
          second.callers(),
          second.staffKey(),
          second.staff(),
          second.mailKey(),
          second.databaseKey(),
          second.databaseOwnerKey(),
          second.sealing().resolve("sealing.json")
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

  @Test
  void staffHaveAKeyOfTheirOwnThatIsNotTheGateways() throws Exception {
    var keys = prepare(false);
    var staffKey = Files.readString(keys.staffKey()).strip();
    assertThat(staffKey).matches("[A-Za-z0-9_-]{43}");
    assertThat(keys.gatewayKey()).content().isNotEqualToIgnoringWhitespace(staffKey);
    var hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(staffKey.getBytes(StandardCharsets.UTF_8)));
    assertThat(keys.staff()).content().endsWith("\nstaff " + hash + "\n");

    Files.delete(keys.staffKey());
    assertThat(prepare(true).staffKey()).doesNotExist();
    assertThat(keys.staff()).content().endsWith("\nstaff " + hash + "\n");
  }

  @Test
  void passwordsDifferStayAndAreRefusedWhenEmptyOrOpenToOthers() throws Exception {
    var keys = prepare(false);
    var files = List.of(keys.mailKey(), keys.databaseKey(), keys.databaseOwnerKey());
    var passwords = new HashSet<String>();
    for (var file : files) {
      passwords.add(Files.readString(file));
    }
    assertThat(passwords).hasSize(files.size());

    prepare(true);
    assertThat(passwords).contains(Files.readString(keys.mailKey()));

    Files.writeString(keys.mailKey(), "\n");
    assertThatThrownBy(() -> prepare(true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("mail.key is empty");
    Files.delete(keys.mailKey());
    Files.setPosixFilePermissions(keys.databaseKey(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> prepare(true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("database.key is open to other users");
  }

  private SecretKeys prepare(boolean hasData) {
    return SecretKeys.prepare(home.resolve("keys"), hasData);
  }
}
