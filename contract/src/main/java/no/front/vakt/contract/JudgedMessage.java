package no.front.vakt.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message with its verdict, as it rests on {@code sms.verdicts}: all that delivery, alerts and
 * history need, the message still sealed.
 *
 * @param verdict without sentences: whoever shows it renders them
 * @param submission the {@link SealedSubmission} as the door wrote it
 */
public record JudgedMessage(Verdict verdict, JsonNode submission) {}
