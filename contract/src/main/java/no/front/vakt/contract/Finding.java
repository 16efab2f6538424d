package no.front.vakt.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says of one message: the rule and its version, what it saw, what it allows, and
 * why.
 *
 * @param ruleId stable id of the rule, or of a built-in check such as {@code repeat}
 * @param ruleVersion version of the rule that spoke
 * @param kind the rule's kind, as in {@code volume-limit}
 * @param action what the rule wants done
 * @param shadow true: recorded beside the live rules, decides nothing
 * @param observed the value seen, in the rule's unit, when it is a number
 * @param limit the value allowed, in the same unit
 * @param windowSeconds length of the window the value was seen in
 * @param evidence what the value was seen of: strings, numbers, lists of strings; no personal data
 *     beyond masked numbers; at most 1 KB
 * @param text the sentence for people; rendered on the way out, absent where records rest
 */
public record Finding(
    String ruleId,
    int ruleVersion,
    String kind,
    Action action,
    boolean shadow,
    @Nullable Long observed,
    @Nullable Long limit,
    @Nullable Integer windowSeconds,
    Map<String, Object> evidence,
    @Nullable Wording text) {

  /** Orders the evidence by name, so that equal findings are equal bytes, and holds it to 1 KB. */
  public Finding {
    evidence = evidence == null ? Map.of() : Evidence.bounded(evidence);
  }

  /** The same finding with its sentence. */
  public Finding withText(Wording wording) {
    return new Finding(
        ruleId,
        ruleVersion,
        kind,
        action,
        shadow,
        observed,
        limit,
        windowSeconds,
        evidence,
        wording);
  }
}
