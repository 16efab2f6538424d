package no.front.vakt.detection.delivery;

import java.io.Serializable;
import java.util.Optional;

/** Which operator serves a number that was taken along from another one. */
@FunctionalInterface
public interface NumberPortability extends Serializable {
  /** Looks a number up in what is known here; nothing outside is ever asked. */
  Optional<String> findOperator(String e164);

  /** Until there is a source of ported numbers: every number is where its prefix says. */
  static NumberPortability nonePorted() {
    return e164 -> Optional.empty();
  }
}
