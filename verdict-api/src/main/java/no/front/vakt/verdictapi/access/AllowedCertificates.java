package no.front.vakt.verdictapi.access;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * Which client certificates open the door: the handshake has made sure that they come from the
 * configured authority; here their subject is looked up among the allowed ones, which are written
 * as {@code openssl x509 -noout -subject -nameopt RFC2253} prints them.
 */
final class AllowedCertificates {
  private final Set<X500Principal> allowed;

  AllowedCertificates(List<String> subjects) {
    allowed = subjects.stream().map(X500Principal::new).collect(Collectors.toUnmodifiableSet());
  }

  static boolean isName(String subject) {
    try {
      return !new X500Principal(subject).getName().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The caller's name, when its certificate is an allowed one. */
  Optional<String> find(X509Certificate... chain) {
    X500Principal subject = chain.length == 0 ? null : chain[0].getSubjectX500Principal();
    return subject != null && allowed.contains(subject)
        ? Optional.of(subject.getName())
        : Optional.empty();
  }
}
