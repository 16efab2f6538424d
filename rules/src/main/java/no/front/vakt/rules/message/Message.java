package no.front.vakt.rules.message;

import java.util.List;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.MessageText;
import no.front.vakt.contract.SenderId;
import no.front.vakt.contract.Submission;
import no.front.vakt.rules.signal.Counter;
import org.jspecify.annotations.Nullable;

/**
 * What the judge sees of one submission. Facts that cost something are worked out when first asked
 * for, once. Not thread-safe, never kept.
 */
public final class Message {
  private final Submission submission;
  private final long atMillis;
  private @Nullable NumberFacts number;
  private @Nullable Links links;
  private int segments;

  /** A message judged at its own submittedAt. */
  public Message(Submission submission) {
    this.submission = submission;
    this.atMillis = submission.submittedAt().toEpochMilli();
  }

  /** The submission itself. */
  public Submission submission() {
    return submission;
  }

  /** Event time in epoch milliseconds. */
  public long atMillis() {
    return atMillis;
  }

  /** Facts of the recipient's number. */
  public NumberFacts number() {
    if (number == null) {
      number = NumberFacts.of(submission.recipient());
    }
    return number;
  }

  /** Links a reader could be lured by. */
  public Links links() {
    if (links == null) {
      links = Links.in(submission.text());
    }
    return links;
  }

  /** SMS segments it takes. */
  public int segments() {
    if (segments == 0) {
      segments = MessageText.segments(submission.text());
    }
    return segments;
  }

  /** The values a counter counts this message under: one, none, or one for each domain. */
  public List<String> values(Counter counter) {
    return switch (counter.per()) {
      case CUSTOMER -> List.of("");
      case SENDER -> List.of(SenderId.folded(submission.senderId()));
      case RECIPIENT -> List.of(submission.recipient());
      case COUNTRY -> List.of(number().country());
      case PREFIX -> List.of(prefix(counter.prefixDigits()));
      case URL_DOMAIN -> List.copyOf(links().registrableDomains());
      case ORIGIN_IP -> originBlock();
    };
  }

  private String prefix(int digits) {
    String recipient = submission.recipient();
    return recipient.substring(1, Math.min(recipient.length(), digits + 1));
  }

  private List<String> originBlock() {
    String originIp = submission.originIp();
    return originIp == null
        ? List.of()
        : IpAddress.find(originIp).map(IpAddress::subscriberBlock).map(List::of).orElse(List.of());
  }
}
