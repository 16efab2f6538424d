package no.front.vakt.contract;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A message with its verdict, as it rests on {@code sms.verdicts}: all that delivery, alerts and
 * history need, the message still sealed.
 *
 * @param verdict without sentences: whoever shows it renders them
 * @param submission the {@link SealedSubmission} as the door wrote it; absent when it could not be
 *     read: what came then rests among the dead letters
 */
public record JudgedMessage(Verdict verdict, @Nullable JsonNode submission) {}
