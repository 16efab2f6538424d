package no.front.vakt.verdictapi.verdicts;

import org.jspecify.annotations.Nullable;

/**
 * How a message ended at the judge: a verdict as JSON, or the word of a refusal; exactly one is
 * there.
 */
record Settled(byte @Nullable [] verdict, @Nullable String refusal) {}
