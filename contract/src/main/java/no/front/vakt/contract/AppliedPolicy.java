package no.front.vakt.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one job subtask made of one policy record, on {@code vakt.applied-policies}.
 *
 * @param job which job
 * @param subtask which of its subtasks
 * @param parallelism how many subtasks the job had then, so that one that is gone holds nothing up
 * @param customerId whose policy
 * @param version the newest version it holds, which an older or refused record leaves as it is; 0
 *     for none
 * @param effectiveFrom from when that one judges
 * @param problem why it was refused and the last good one kept; absent when applied
 */
public record AppliedPolicy(
    String job,
    int subtask,
    int parallelism,
    String customerId,
    long version,
    @Nullable Instant effectiveFrom,
    @Nullable String problem) {}
