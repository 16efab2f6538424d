package no.front.vakt.detection.scoring;

import java.io.Serializable;
import no.front.vakt.detection.job.KeySource;
import no.front.vakt.detection.job.PolicySnapshot;

/**
 * What differs between judging a live log and judging a file.
 *
 * @param keys where tasks find the keys
 * @param reader how a record becomes a message
 * @param outputs what is written for a ruling
 * @param policies all policies standing at start
 * @param inheritsShipped whether the shipped default stands until another one does
 * @param knowsAllPolicies whether the policies standing at start are all there will ever be, as in
 *     a file: then a limit also counts what passed before it came into force
 */
public record ScoringOptions(
    KeySource keys,
    SubmissionReader reader,
    RulingOutputs outputs,
    PolicySnapshot policies,
    boolean inheritsShipped,
    boolean knowsAllPolicies)
    implements Serializable {}
