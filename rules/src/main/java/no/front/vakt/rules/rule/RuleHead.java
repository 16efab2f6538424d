package no.front.vakt.rules.rule;

import no.front.vakt.contract.Action;

/**
 * What every rule has in common.
 *
 * @param id stable id
 * @param version its version
 * @param action what it wants done when broken
 * @param shadow recorded beside the live rules, decides nothing
 * @param share stable share of customers it applies to, 0 to 100 percent
 */
public record RuleHead(String id, int version, Action action, boolean shadow, int share) {}
