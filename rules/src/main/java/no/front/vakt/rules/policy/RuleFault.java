package no.front.vakt.rules.policy;

/**
 * A rule that cannot be judged, while the rest of its policy can.
 *
 * @param ruleId its id
 * @param ruleVersion its version
 * @param kind the kind it names
 * @param reason {@code unknown-kind}, {@code unreadable} (in a policy that was taken once) or
 *     {@code failed}
 * @param shadow whether it was a shadow rule
 */
public record RuleFault(
    String ruleId, int ruleVersion, String kind, String reason, boolean shadow) {}
