package no.front.vakt.verdictapi.frontapi;

import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.Wording;

/**
 * Which code a stopped message gets, and how much its sender is told: by the kind of the strongest
 * finding that stops it, and by a frozen account before all others. Own limits, lists and countries
 * are told in full; what a detection saw is not, nor why an account was frozen, for the sender may
 * be the thief (design decision 11). Kinds that are not here yet are told as content, and nothing
 * of them.
 */
final class PushCodes {
  /**
   * What a kind becomes.
   *
   * @param code the API's code
   * @param isTold whether the sender may read the finding's sentence
   */
  record Told(PushCode code, boolean isTold) {}

  private static final String FROZEN = "frozen";

  private static final Told UNKNOWN = new Told(PushCode.ILLEGAL_SMS, false);

  /** Whole kinds; looked up before the families. */
  private static final Map<String, Told> KINDS =
      Map.ofEntries(
          Map.entry("url-whitelist", new Told(PushCode.ILLEGAL_SMS, true)),
          Map.entry("words", new Told(PushCode.ILLEGAL_SMS, false)),
          Map.entry("spam-likeness", new Told(PushCode.ILLEGAL_SMS, false)),
          Map.entry("code-origin", new Told(PushCode.ILLEGAL_SMS, false)),
          Map.entry("callback-number", new Told(PushCode.ILLEGAL_SMS, false)),
          Map.entry("template-shift", new Told(PushCode.ILLEGAL_SMS, false)),
          Map.entry("sender-policy", new Told(PushCode.INVALID_FROMID, true)),
          Map.entry("volume-limit", new Told(PushCode.NO_MESSAGES_LEFT, true)),
          Map.entry("spend-limit", new Told(PushCode.NO_MESSAGES_LEFT, true)),
          Map.entry("country-policy", new Told(PushCode.BLACKLISTED, true)),
          Map.entry("number-type", new Told(PushCode.BLACKLISTED, false)),
          Map.entry("recipient-flood", new Told(PushCode.BLACKLISTED, false)),
          Map.entry(FROZEN, new Told(PushCode.ACCOUNT_BLOCKED, false)));

  /** Families of kinds by how their names start. */
  private static final Map<String, Told> FAMILIES =
      Map.of(
          "url-", new Told(PushCode.ILLEGAL_SMS, false),
          "sender-", new Told(PushCode.INVALID_FROMID, false),
          "volume-", new Told(PushCode.NO_MESSAGES_LEFT, false),
          "country-", new Told(PushCode.BLACKLISTED, false),
          "range-", new Told(PushCode.BLACKLISTED, false));

  private PushCodes() {}

  /** What a kind becomes. */
  static Told of(String kind) {
    Told whole = KINDS.get(kind);
    return whole != null
        ? whole
        : FAMILIES.entrySet().stream()
            .filter(family -> kind.startsWith(family.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(UNKNOWN);
  }

  private static List<Finding> stopping(Verdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> !finding.shadow() && finding.action() == Action.BLOCK)
        .toList();
  }

  /** Whether a verdict says what stopped the message; one of a repeat does not. */
  static boolean isReasoned(Verdict verdict) {
    return !stopping(verdict).isEmpty();
  }

  /**
   * The answer for a message that was stopped.
   *
   * @param language {@code nb} or {@code en}
   * @param reference what the customer names when it asks us
   */
  static PushAnswer stopped(Verdict verdict, String language, int reference) {
    List<Finding> stopping = stopping(verdict);
    Finding strongest =
        stopping.stream()
            .filter(finding -> finding.kind().equals(FROZEN))
            .findFirst()
            .orElse(stopping.isEmpty() ? null : stopping.get(0));
    Told told = strongest == null ? UNKNOWN : of(strongest.kind());
    Wording sentence = strongest != null && told.isTold ? strongest.text() : null;
    boolean english = "en".equals(language);
    if (sentence != null) {
      return PushAnswer.refused(told.code, english ? sentence.en() : sentence.nb());
    }
    String silent =
        english
            ? "stopped by a security check, reference "
            : "stoppet av en sikkerhetskontroll, referanse ";
    return PushAnswer.refused(told.code, silent + reference);
  }
}
