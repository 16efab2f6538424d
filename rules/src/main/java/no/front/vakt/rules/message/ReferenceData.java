package no.front.vakt.rules.message;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The reference data verdicts depend on, as one short hash that every verdict stamps: two verdicts
 * with equal versions were judged by equal lists, suffixes and number plans.
 */
public final class ReferenceData {
  private static final List<String> FILES =
      List.of(
          "/urls/public_suffix_list.dat",
          "/urls/sentence-words.txt",
          "/urls/abbreviations.txt",
          "/urls/shorteners.txt",
          "/urls/open-hosting.txt");
  private static final int SHOWN = 12;
  private static final String VERSION = hash();

  private ReferenceData() {}

  /** Twelve hex digits. */
  public static String version() {
    return VERSION;
  }

  private static String hash() {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String file : FILES) {
      try (InputStream in = ReferenceData.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException(file + " is missing from the build");
        }
        hasher.putBytes(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    hasher.putString(VersionInfo.ICU_VERSION.toString(), StandardCharsets.UTF_8);
    // libphonenumber tells no version of its data; its regions and a metadata sample stand for it.
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    library.getSupportedRegions().stream()
        .sorted()
        .forEach(
            region ->
                hasher.putString(
                    region + library.getExampleNumber(region), StandardCharsets.UTF_8));
    return hasher.hash().toString().substring(0, SHOWN);
  }
}
