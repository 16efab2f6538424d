package no.front.vakt.detection.scoring;

import java.io.Serializable;
import no.front.vakt.contract.InvalidRecordException;
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
      if (value.length > SealedSubmission.MAX_BYTES) {
        throw new InvalidRecordException(
            "", "is larger than " + SealedSubmission.MAX_BYTES + " bytes");
      }
      if (!isUtf8Object(value)) {
        throw new InvalidRecordException("", "is not a JSON object in UTF-8");
      }
      return WireJson.read(value, SealedSubmission.class).open(sealing);
    }

    // The parser would also read other encodings and a byte order mark; the record goes on as it is
    // inside the verdict's, so it must be UTF-8 too.
    private static boolean isUtf8Object(byte[] value) {
      int at = 0;
      while (at < value.length && value[at] > 0 && value[at] <= ' ') {
        at++;
      }
      return at < value.length
          && value[at] == '{'
          && (at + 1 == value.length || value[at + 1] != 0);
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
