package no.front.vakt.detection.scoring;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.Outgoing;
import no.front.vakt.detection.job.RawSubmission;
import no.front.vakt.rules.verdict.Explanation;
import no.front.vakt.rules.verdict.Ruling;

/** What is written for a ruling: verdict and answer on topics, one verdict a line in files. */
public interface RulingOutputs extends Serializable {
  /** Hands on whatever the ruling leads to. */
  void write(Ruling ruling, RawSubmission raw, Consumer<Outgoing> out);

  /** A verdict with the sentence of each finding. */
  static Verdict explained(Verdict verdict) {
    List<Finding> findings = verdict.findings();
    if (findings.isEmpty()) {
      return verdict;
    }
    return verdict.withFindings(findings.stream().map(Explanation::explained).toList());
  }

  /**
   * On topics: a message judged now goes to {@code sms.verdicts} with its submission as the door
   * wrote it, an unreadable one without, since nobody knows what is in it; whoever asked gets an
   * answer, also on a repeat and on a refusal.
   */
  final class ToTopics implements RulingOutputs {
    private static final byte[] VERDICT = bytes("{\"verdict\":");
    private static final byte[] SUBMISSION = bytes(",\"submission\":");
    private static final byte[] END = bytes("}");

    @Override
    public void write(Ruling ruling, RawSubmission raw, Consumer<Outgoing> out) {
      Verdict verdict = ruling.verdict();
      if (ruling.kind() == Ruling.Kind.JUDGED) {
        byte[] judged = join(VERDICT, WireJson.bytes(verdict), SUBMISSION, raw.value, END);
        out.accept(Outgoing.to(Topics.SMS_VERDICTS, raw.keyBytes(), judged, raw.offset));
      } else if (ruling.kind() == Ruling.Kind.UNREADABLE) {
        byte[] held = join(VERDICT, WireJson.bytes(verdict), END);
        out.accept(Outgoing.to(Topics.SMS_VERDICTS, raw.keyBytes(), held, raw.offset));
      }
      if (raw.replyPartition >= 0) {
        Long nonce = raw.nonce == 0 ? null : raw.nonce;
        Answer answer =
            ruling.kind() == Ruling.Kind.ID_REUSED
                ? new Answer(verdict.identity(), null, Answer.ID_REUSED, nonce)
                : new Answer(verdict.identity(), explained(verdict), null, nonce);
        Outgoing outgoing =
            Outgoing.to(Topics.SMS_ANSWERS, raw.keyBytes(), WireJson.bytes(answer), raw.offset);
        outgoing.partition = raw.replyPartition;
        out.accept(outgoing);
      }
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
      int length = 0;
      for (byte[] part : parts) {
        length += part.length;
      }
      byte[] joined = new byte[length];
      int at = 0;
      for (byte[] part : parts) {
        System.arraycopy(part, 0, joined, at, part.length);
        at += part.length;
      }
      return joined;
    }
  }

  /** In files: every ruling is one verdict, with its sentences. */
  final class ToLines implements RulingOutputs {
    @Override
    public void write(Ruling ruling, RawSubmission raw, Consumer<Outgoing> out) {
      out.accept(
          Outgoing.to(
              Topics.SMS_VERDICTS,
              raw.keyBytes(),
              WireJson.bytes(explained(ruling.verdict())),
              raw.offset));
    }
  }
}
