package no.front.vakt.controlapi.staff;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of staff that hold a key: a file with a name and the SHA-256 of a key in hexadecimal
 * on each line, empty lines and lines that start with {@code #} left out. Keys are long and random,
 * so a plain hash is enough. The file is looked at once a second at most; when it changes for the
 * worse or cannot be read, the last good one stays in force and it is tried again; a file without a
 * key counts as a change for the worse, since it would lock everybody out. Thread-safe.
 */
final class StaffKeys {
  private static final Logger LOG = LoggerFactory.getLogger(StaffKeys.class);
  private static final String SCHEME = "bearer ";
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LONGEST_KEY = 512;

  private record Holder(String name, byte[] hash) {}

  private record Stamp(long modifiedMillis, long size) {}

  private final Path file;
  private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_NANOS);
  private volatile List<Holder> holders;
  private volatile Stamp stamp;
  private volatile String told = "";

  StaffKeys(Path file) throws IOException {
    this.file = file;
    stamp = stamp();
    holders = read(file);
  }

  /** What is wrong with a file of keys, if anything. */
  static Optional<String> problem(Path file) {
    try {
      read(file);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The name of whoever holds the key of an {@code Authorization} header. */
  Optional<String> find(String authorization) {
    lookAgain();
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || authorization.length() > LONGEST_KEY) {
      return Optional.empty();
    }
    byte[] presented = sha256(authorization.substring(SCHEME.length()).strip());
    String found = null;
    // Every line is compared, so that the time taken tells nothing.
    for (Holder holder : holders) {
      if (MessageDigest.isEqual(holder.hash, presented)) {
        found = holder.name;
      }
    }
    return Optional.ofNullable(found);
  }

  private void lookAgain() {
    long due = nextLook.get();
    long now = System.nanoTime();
    if (now - due < 0 || !nextLook.compareAndSet(due, now + LOOK_NANOS)) {
      return;
    }
    look();
  }

  /** Reads the file again if it is not the one that is in force. */
  void look() {
    try {
      Stamp fresh = stamp();
      if (!fresh.equals(stamp)) {
        holders = read(file);
        // Only now: a file that could not be read is read again at the next look.
        stamp = fresh;
        told = "";
        LOG.info("Staff keys read again: {}", holders.size());
      }
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName() + " " + e.getMessage();
      if (!reason.equals(told)) {
        told = reason;
        LOG.error("The changed staff keys are not in force, the former stay: {}", e.getMessage());
      }
    }
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(facts.lastModifiedTime().toMillis(), facts.size());
  }

  private static List<Holder> read(Path file) throws IOException {
    List<Holder> holders = new ArrayList<>();
    int number = 0;
    for (String raw : lines(file)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+");
      if (parts.length != 2 || !parts[1].matches("[0-9a-fA-F]{64}")) {
        throw new IOException(
            "line " + number + " is not a name and a SHA-256 in 64 hexadecimal digits");
      }
      holders.add(new Holder(parts[0], HexFormat.of().parseHex(parts[1])));
    }
    if (holders.isEmpty()) {
      throw new IOException("holds no key");
    }
    return List.copyOf(holders);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException("is no text in UTF-8", e);
    }
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
