package no.front.vakt.contract;

import java.time.Instant;

/**
 * What staff decided of customer mails that wait, on {@code vakt.alert-decisions}.
 *
 * @param reference the {@link Alert#reference()} of the alert that told staff of them
 * @param decision what is to be done
 * @param decidedBy user id
 * @param decidedAt when
 */
public record AlertDecision(
    String reference, AlertChoice decision, String decidedBy, Instant decidedAt) {}
