package no.front.vakt.contract;

/**
 * The identity of a message everywhere in Vakt (design decision 3): unique per customer for as long
 * as anything remembers it.
 */
public record MessageIdentity(String customerId, String messageId) {}
