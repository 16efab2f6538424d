package no.front.vakt.verdictapi.verdicts;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import no.front.vakt.contract.MessageIdentity;

/** The path of one verdict, {@code /v1/customers/{customerId}/verdicts/{messageId}}. */
final class VerdictPath {
  private static final int SEGMENTS = 6;

  private VerdictPath() {}

  static String of(MessageIdentity identity) {
    return "/v1/customers/"
        + encoded(identity.customerId())
        + "/verdicts/"
        + encoded(identity.messageId());
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Takes a path apart as it stood in the request, so that an id may hold an encoded slash. */
  static Optional<MessageIdentity> find(String rawPath) {
    String[] segments = rawPath.split("/", -1);
    if (segments.length != SEGMENTS || !segments[4].equals("verdicts")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new MessageIdentity(decoded(segments[3]), decoded(segments[5])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String decoded(String segment) {
    // A plus is a plus in a path; only forms and queries mean a space by it.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
