package no.front.vakt.contract;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The keys that personal data is sealed and hashed with: two Tink key sets in one directory, {@code
 * sealing.json} and {@code hashing.json}, readable by their owner alone. Rotation adds a key that
 * seals from now on; older ones still open what they sealed.
 */
public final class KeyRing {
  private static final String SEALING_FILE = "sealing.json";
  private static final String HASHING_FILE = "hashing.json";
  private static final Configuration TINK = registered();
  private static final int AES_256_BYTES = 32;
  private static final int HMAC_KEY_BYTES = 32;

  private final KeysetHandle sealing;
  private final KeysetHandle hashing;

  private KeyRing(KeysetHandle sealing, KeysetHandle hashing) {
    this.sealing = sealing;
    this.hashing = hashing;
  }

  private static Configuration registered() {
    try {
      AeadConfig.register();
      PrfConfig.register();
      return RegistryConfiguration.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink cannot be set up", e);
    }
  }

  /** Fresh keys, in memory only. */
  public static KeyRing generate() {
    try {
      return new KeyRing(
          KeysetHandle.generateNew(sealingParameters(), TINK),
          KeysetHandle.generateNew(hashingParameters(), TINK));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Keys cannot be made", e);
    }
  }

  /** Whether a directory holds both key sets. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(SEALING_FILE))
        && Files.exists(directory.resolve(HASHING_FILE));
  }

  /** Reads both key sets of a directory. */
  public static KeyRing load(Path directory) throws IOException {
    return new KeyRing(
        read(directory.resolve(SEALING_FILE)), read(directory.resolve(HASHING_FILE)));
  }

  /**
   * Writes both key sets, readable by their owner alone, each replaced in one step and on disk when
   * this returns.
   */
  public void save(Path directory) throws IOException {
    write(directory.resolve(SEALING_FILE), sealing);
    write(directory.resolve(HASHING_FILE), hashing);
  }

  /** The same ring with a new key that seals and a new key that hashes from now on. */
  public KeyRing rotated() {
    try {
      return new KeyRing(
          withNew(sealing, sealingParameters()), withNew(hashing, hashingParameters()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Keys cannot be rotated", e);
    }
  }

  private static KeysetHandle withNew(KeysetHandle old, Parameters parameters)
      throws GeneralSecurityException {
    KeysetHandle.Builder builder = KeysetHandle.newBuilder();
    for (int i = 0; i < old.size(); i++) {
      KeysetHandle.Entry entry = old.getAt(i);
      builder.addEntry(KeysetHandle.importKey(entry.getKey()).withFixedId(entry.getId()));
    }
    return builder
        .addEntry(KeysetHandle.generateEntryFromParameters(parameters).withRandomId().makePrimary())
        .build();
  }

  /** The cipher of this ring. */
  public Sealing sealing() {
    try {
      return new Sealing(this, sealing.getPrimitive(TINK, Aead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The sealing keys cannot be used", e);
    }
  }

  /** The keyed hash of this ring. */
  public KeyedHash hashing() {
    try {
      PrfSet set = hashing.getPrimitive(TINK, PrfSet.class);
      Map<Integer, Prf> byId = new LinkedHashMap<>();
      for (int i = 0; i < hashing.size(); i++) {
        int id = hashing.getAt(i).getId();
        byId.put(id, set.getPrfs().get(id));
      }
      return new KeyedHash(set.getPrimaryId(), byId);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The hashing keys cannot be used", e);
    }
  }

  boolean holds(int keyId) {
    return IntStream.range(0, sealing.size()).anyMatch(i -> sealing.getAt(i).getId() == keyId);
  }

  private static AesGcmParameters sealingParameters() throws GeneralSecurityException {
    return AesGcmParameters.builder()
        .setKeySizeBytes(AES_256_BYTES)
        .setIvSizeBytes(12)
        .setTagSizeBytes(16)
        .setVariant(AesGcmParameters.Variant.TINK)
        .build();
  }

  private static HmacPrfParameters hashingParameters() throws GeneralSecurityException {
    return HmacPrfParameters.builder()
        .setKeySizeBytes(HMAC_KEY_BYTES)
        .setHashType(HmacPrfParameters.HashType.SHA256)
        .build();
  }

  private static KeysetHandle read(Path file) throws IOException {
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(
          Files.readString(file), TINK, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IOException(file.getFileName() + " is not a key set", e);
    }
  }

  private static void write(Path file, KeysetHandle keys) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer json =
          StandardCharsets.UTF_8.encode(
              TinkJsonProtoKeysetFormat.serializeKeyset(keys, TINK, InsecureSecretKeyAccess.get()));
      while (json.hasRemaining()) {
        channel.write(json);
      }
      channel.force(true);
    } catch (GeneralSecurityException e) {
      throw new IOException("The key set cannot be written", e);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // Without its directory on disk a file can be gone after a loss of power, whatever it held.
    try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }
}
