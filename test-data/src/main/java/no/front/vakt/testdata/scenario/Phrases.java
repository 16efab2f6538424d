package no.front.vakt.testdata.scenario;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import no.front.vakt.contract.MessageText;
import no.front.vakt.testdata.traffic.RealTexts;

/**
 * Texts with gaps ({@code {day}}, {@code {time}}, {@code {number}}, {@code {name}}), and real ones.
 */
final class Phrases {
  /** Real texts longer than this are left out: a call with them would be several messages. */
  private static final int LONGEST_REAL_TEXT = 120;

  /**
   * What might be read as a link: the real texts were typed in the 2000s, often without a space
   * after the full stop.
   */
  private static final Pattern LIKE_A_LINK =
      Pattern.compile("(?i)https?|www|://|@|/|[\\p{L}\\d]\\s?\\.\\s?[\\p{L}\\d]|\\bdot\\b");

  private static final List<String> DAYS =
      List.of("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag");
  private static final List<String> NAMES =
      List.of("Ola", "Kari", "Nora", "Emil", "Sofie", "Jonas", "Ingrid", "Amir", "Lene", "Per");

  /** Least and most of a four-digit number. */
  private static final int LEAST_NUMBER = 1_000;

  private static final int NUMBERS = 9_000;

  private Phrases() {}

  /** Texts that people wrote to each other; none of them could be taken for a link. */
  static List<String> betweenPeople() {
    return real(false);
  }

  /** Texts that their collectors called spam; none of them has a link of its own. */
  static List<String> spam() {
    return real(true);
  }

  private static List<String> real(boolean isSpam) {
    return RealTexts.all().stream()
        .filter(text -> text.isSpam() == isSpam)
        .map(RealTexts.Labelled::text)
        .map(MessageText::normalised)
        .filter(text -> text.length() <= LONGEST_REAL_TEXT && MessageText.isGsm7(text))
        .filter(text -> !text.isBlank() && !LIKE_A_LINK.matcher(text).find())
        .toList();
  }

  /** One of the texts with its gaps filled. */
  static String fill(List<String> texts, SplittableRandom random) {
    return texts
        .get(random.nextInt(texts.size()))
        .replace("{day}", DAYS.get(random.nextInt(DAYS.size())))
        .replace("{name}", NAMES.get(random.nextInt(NAMES.size())))
        .replace("{number}", String.valueOf(LEAST_NUMBER + random.nextInt(NUMBERS)))
        .replace("{time}", "%d:%02d".formatted(8 + random.nextInt(12), 15 * random.nextInt(4)));
  }
}
