package no.front.vakt.controlapi.rulebook;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.front.vakt.controlapi.http.ErrorCode;
import no.front.vakt.controlapi.http.Problem;
import no.front.vakt.controlapi.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a policy must be at for a change to be made.
 *
 * @param version the version; 0 for none; absent: whatever it is at
 */
record Precondition(@Nullable Long version) {
  static final Precondition NONE = new Precondition(null);

  private static final Pattern ENTITY_TAG = Pattern.compile("\"(0|[1-9][0-9]{0,15})\"");

  /** Reads {@code If-Match} and {@code If-None-Match}; one of them must be there. */
  static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifMatch == null && ifNoneMatch != null && ifNoneMatch.strip().equals("*")) {
      return new Precondition(0L);
    }
    Matcher tag = ENTITY_TAG.matcher(ifMatch == null ? "" : ifMatch.strip());
    if (ifNoneMatch != null || !tag.matches()) {
      throw new ProblemException(ErrorCode.PRECONDITION_REQUIRED);
    }
    return new Precondition(Long.parseLong(tag.group(1)));
  }

  /**
   * Refuses a change for another version. A version whose content had to be published again under
   * another number is still the one its reader saw; and after a removal there is a first one again.
   */
  void check(Optional<StoredVersion> newest) {
    if (version == null) {
      return;
    }
    long at = newest.map(StoredVersion::version).orElse(0L);
    boolean holds =
        version == at
            || newest.map(StoredVersion::againOf).filter(version::equals).isPresent()
            || version == 0 && newest.map(StoredVersion::removed).orElse(true);
    if (!holds) {
      throw new ProblemException(Problem.at(ErrorCode.VERSION_CONFLICT, at));
    }
  }
}
