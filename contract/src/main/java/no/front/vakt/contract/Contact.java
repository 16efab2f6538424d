package no.front.vakt.contract;

import org.jspecify.annotations.Nullable;

/**
 * Somebody to mail about a customer's traffic.
 *
 * @param name how to address them; sealed where the policy rests, plain in older versions
 * @param email mail address; sealed where the policy rests
 * @param language {@code nb} or {@code en}; the policy's language when absent
 */
public record Contact(@Nullable String name, String email, @Nullable String language) {}
