package no.front.vakt.verdictapi.frontapi;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.MessageText;
import no.front.vakt.contract.SenderId;

/**
 * A message as the customer API knows it, with nothing wrong.
 *
 * @param senderId what the handset shows
 * @param recipient E.164
 * @param text normalised
 * @param isUnicode whether the customer asked for UCS-2
 * @param price what the customer wrote as price; takes part in nothing but telling repeats apart
 */
record PushMessage(
    String senderId, String recipient, String text, boolean isUnicode, String price) {
  /** Most segments of one message; the API's own limit. */
  static final int MOST_SEGMENTS = 4;

  private static final Set<String> YES = Set.of("1", "true", "yes", "on");

  /** What came of the fields: a message, or the first thing that is wrong; one of the two. */
  record Outcome(Optional<PushMessage> message, PushCode wrong) {}

  /** Reads the fields; what is missing is told before what is wrong, each in the API's order. */
  static Outcome of(PushFields fields) {
    String sender = fields.text("fromid").strip();
    String number = fields.text("phoneno");
    String text = MessageText.normalised(fields.text("txt"));
    if (number.isBlank() && !fields.isAmbiguous("phoneno")) {
      return wrong(PushCode.PHONENO_MISSING);
    }
    if (text.isEmpty() && !fields.isAmbiguous("txt")) {
      return wrong(PushCode.TXT_MISSING);
    }
    if (sender.isEmpty() && !fields.isAmbiguous("fromid")) {
      return wrong(PushCode.FROMID_MISSING);
    }
    Optional<String> recipient = PhoneNumber.find(number);
    if (recipient.isEmpty()) {
      return wrong(PushCode.ILLEGAL_NUMBER);
    }
    if (sender.isEmpty() || SenderId.problem(sender).isPresent()) {
      return wrong(PushCode.INVALID_FROMID);
    }
    if (text.isEmpty()) {
      return wrong(PushCode.ILLEGAL_SMS);
    }
    boolean unicode = YES.contains(fields.text("unicode").strip().toLowerCase(Locale.ROOT));
    int segments = unicode ? MessageText.ucs2Segments(text) : MessageText.segments(text);
    if (segments > MOST_SEGMENTS) {
      return wrong(PushCode.TOO_LONG);
    }
    String price = fields.text("price").strip().replace('\0', ' ');
    return new Outcome(
        Optional.of(new PushMessage(sender, recipient.get(), text, unicode, price)),
        PushCode.ACCEPTED);
  }

  private static Outcome wrong(PushCode code) {
    return new Outcome(Optional.empty(), code);
  }

  /** All that makes it this message and no other; none of the parts holds a NUL. */
  String fingerprint() {
    return senderId + '\0' + recipient + '\0' + isUnicode + '\0' + price + '\0' + text;
  }

  /** Masked. */
  @Override
  public String toString() {
    return "PushMessage[…]";
  }
}
