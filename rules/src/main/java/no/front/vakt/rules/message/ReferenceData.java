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
import java.util.stream.Stream;

/**
 * The reference data verdicts depend on, as one short hash that every verdict stamps: two verdicts
 * with equal versions were judged by equal lists, suffixes, number plans and shipped default.
 */
public final class ReferenceData {
  private static final List<String> FILES =
      List.of(
          "/urls/public_suffix_list.dat",
          "/urls/sentence-words.txt",
          "/urls/abbreviations.txt",
          "/urls/shorteners.txt",
          "/urls/open-hosting.txt",
          "/no/front/vakt/rules/policy/default-policy.json");
  private static final String NUMBER_PLANS =
      "/com/google/i18n/phonenumbers/data/PhoneNumberMetadataProto_";
  private static final int SHOWN = 12;
  private static final String VERSION = hash();

  private ReferenceData() {}

  /** Twelve hex digits. */
  public static String version() {
    return VERSION;
  }

  private static void putFile(Hasher hasher, String file) {
    try (InputStream in = ReferenceData.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      hasher.putString(file, StandardCharsets.UTF_8).putBytes(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash() {
    Hasher hasher = Hashing.sha256().newHasher();
    FILES.forEach(file -> putFile(hasher, file));
    hasher.putString(VersionInfo.ICU_VERSION.toString(), StandardCharsets.UTF_8);
    // libphonenumber tells no version of its data: the data itself stands for it.
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    Stream.concat(
            library.getSupportedRegions().stream(),
            library.getSupportedGlobalNetworkCallingCodes().stream().map(String::valueOf))
        .sorted()
        .forEach(plan -> putFile(hasher, NUMBER_PLANS + plan));
    return hasher.hash().toString().substring(0, SHOWN);
  }
}
