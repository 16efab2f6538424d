package no.front.vakt.contract;

/**
 * One sentence in the two languages Vakt speaks.
 *
 * @param nb Norwegian (bokmål)
 * @param en English
 */
public record Wording(String nb, String en) {}
