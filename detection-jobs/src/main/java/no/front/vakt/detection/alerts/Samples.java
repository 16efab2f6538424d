package no.front.vakt.detection.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.JudgedMessage;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageSample;
import no.front.vakt.contract.Msisdn;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.SenderId;
import no.front.vakt.contract.UnsealException;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;

/** Makes samples of messages, as a mail may show them: numbers masked, no text. */
final class Samples {
  private final Sealing sealing;

  Samples(Sealing sealing) {
    this.sealing = sealing;
  }

  /**
   * The sample of a message; none when its submission is absent or cannot be opened.
   *
   * @throws no.front.vakt.contract.MissingKeyException when its key is not at hand: reading stops
   */
  Optional<MessageSample> find(JudgedMessage judged) {
    JsonNode submission = judged.submission();
    if (submission == null || submission.isNull()) {
      return Optional.empty();
    }
    Verdict verdict = judged.verdict();
    MessageIdentity identity = verdict.identity();
    try {
      SealedSubmission sealed = WireJson.mapper().treeToValue(submission, SealedSubmission.class);
      String number = sealing.open(sealed.recipient(), SealedField.RECIPIENT, identity);
      if (!Msisdn.isE164(number) || SenderId.problem(sealed.senderId()).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(
          new MessageSample(
              verdict.messageId(),
              SenderId.masked(sealed.senderId()),
              Msisdn.mask(number),
              sealed.submittedAt(),
              verdict.outcome()));
    } catch (JsonProcessingException | InvalidRecordException | UnsealException e) {
      // The sums tell of it all the same.
      return Optional.empty();
    }
  }
}
