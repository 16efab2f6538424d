package no.front.vakt.detection.scoring;

import java.io.Serializable;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;

/** How a record becomes a message: sealed as on topics, or plain as in files. */
public interface SubmissionReader extends Serializable {
  /** Makes ready with the keys of this process. */
  void open(KeyRing keys);

  /**
   * Reads a record.
   *
   * @throws no.front.vakt.contract.InvalidRecordException when it is no submission
   * @throws no.front.vakt.contract.UnsealException when an envelope is damaged
   * @throws no.front.vakt.contract.MissingKeyException when a key is not at hand
   */
  Submission read(byte[] value);

  /** Reads records as they rest on topics. */
  final class Sealed implements SubmissionReader {
    private transient Sealing sealing;

    @Override
    public void open(KeyRing keys) {
      sealing = keys.sealing();
    }

    @Override
    public Submission read(byte[] value) {
      return WireJson.read(value, SealedSubmission.class).open(sealing);
    }
  }

  /** Reads records as they stand in files, their text normalised as the door would. */
  final class Plain implements SubmissionReader {
    @Override
    public void open(KeyRing keys) {}

    @Override
    public Submission read(byte[] value) {
      return WireJson.read(value, Submission.class).normalised();
    }
  }
}
