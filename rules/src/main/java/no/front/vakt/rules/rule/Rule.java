package no.front.vakt.rules.rule;

import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.Finding;
import no.front.vakt.rules.message.Message;
import no.front.vakt.rules.signal.Counter;
import no.front.vakt.rules.signal.Signals;

/**
 * A question asked of every message. The permits clause is the catalogue of kinds: codec, docs
 * check and console read it. A new kind is one record here, its test and its page.
 */
public sealed interface Rule permits CountryPolicy, UrlWhitelist, VolumeLimit {
  /** What it has in common with all rules. */
  RuleHead head();

  /** The counters it needs kept. */
  Set<Counter> watches();

  /** Longest window it asks a counter for, in milliseconds; 0 when it watches none. */
  default long longestWindowMillis() {
    return 0;
  }

  /**
   * Examines a message.
   *
   * @param exceptions what is excepted from this rule at the message's time
   * @return the finding when the rule is broken
   */
  Optional<Finding> examine(Message message, Signals signals, Exceptions exceptions);

  /** Strength of a finding of this rule as evidence, 1 to 100; sorts, never decides. */
  int strength(Finding finding);
}
