package no.front.vakt.detection.job;

import java.io.Serializable;
import java.util.List;

/**
 * All policies that stand at the moment of asking, in log order. Each subtask of the judge asks
 * once, at start and on restore, before it judges its first message (design decision 9).
 */
@FunctionalInterface
public interface PolicySnapshot extends Serializable {
  /** Reads them; throws when they cannot be read to the end. */
  List<RawRecord> read();
}
