package no.front.vakt.contract;

import org.jspecify.annotations.Nullable;

/**
 * What the judge tells the door that asked, on that door's partition of {@code sms.answers}.
 *
 * @param identity whose and which message
 * @param verdict the verdict with its sentences; on a repeat the first outcome and a {@code repeat}
 *     finding; absent when there is a refusal
 * @param refusal why the message was not judged: {@code id-reused}; absent when there is a verdict
 * @param nonce the {@link Headers#NONCE} of the very record that is answered: a door that asked
 *     twice under one id knows which of its questions this is about; absent when it came with none
 */
public record Answer(
    MessageIdentity identity,
    @Nullable Verdict verdict,
    @Nullable String refusal,
    @Nullable Long nonce) {

  /** Refusal: the same id came with other content within ten minutes. */
  public static final String ID_REUSED = "id-reused";
}
