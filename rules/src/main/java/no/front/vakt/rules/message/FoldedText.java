package no.front.vakt.rules.message;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;

/**
 * A text as a reader sees it, for finding links: look-alike forms of ASCII characters folded to
 * them, invisible characters gone, bracketed dots written out; each character remembers where it
 * came from.
 *
 * <p>Full-width letters and signs, other full stops, mathematical letters fold by NFKC where one
 * ASCII character results (so does UTS 46, so host names stay what they are); default-ignorable
 * characters (zero-width, soft hyphen, bidi controls, variation selectors) vanish. Case stays.
 * Longer compatibility forms are left to the host parser.
 */
final class FoldedText {

  /** Stands in the table for characters that vanish; itself no character. */
  private static final char NOTHING = '\uFFFF';

  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
  private static final char[] FOLD = foldTable();

  /**
   * The code points below are all emoji and pictures: nothing folds there, so they need no look-up.
   */
  private static final int FIRST_PICTURE = 0x1F200;

  private static final int LAST_PICTURE = 0x1FBEF;

  private final String original;
  private final char[] chars;
  private final int length;
  private final int[] starts;
  private final int[] ends;

  private FoldedText(String original, char[] chars, int length, int[] starts, int[] ends) {
    this.original = original;
    this.chars = chars;
    this.length = length;
    this.starts = starts;
    this.ends = ends;
  }

  /**
   * Whether the text can hold a link at all: a dot or colon, or what may stand for one. The common
   * case is no.
   */
  static boolean mayHoldLink(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 ? isTrigger(c) : (isTrigger(FOLD[c]) || Character.isSurrogate(c))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrigger(char c) {
    return c == '.' || c == ':' || c == '[' || c == '(' || c == '{' || c == '/';
  }

  static FoldedText of(String text) {
    char[] chars = text.toCharArray();
    boolean isPlain = true;
    boolean hasBracket = false;
    for (char c : chars) {
      if (c >= 0x80) {
        isPlain &= FOLD[c] == c && !Character.isSurrogate(c);
      } else {
        hasBracket |= c == '[' || c == '(' || c == '{' || c == ']' || c == '}';
      }
    }
    if (isPlain && !hasBracket && !SpelledDots.mayBeIn(text)) {
      return new FoldedText(text, chars, chars.length, new int[0], new int[0]);
    }
    FoldedText folded = fold(text, chars);
    return new SpelledDots(folded.chars, folded.length, folded.starts, folded.ends)
        .writtenOut(text);
  }

  static FoldedText mapped(String original, char[] chars, int length, int[] starts, int[] ends) {
    return new FoldedText(original, chars, length, starts, ends);
  }

  private static FoldedText fold(String text, char[] chars) {
    char[] out = new char[chars.length];
    int[] starts = new int[chars.length];
    int[] ends = new int[chars.length];
    int length = 0;
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      boolean isPair =
          Character.isHighSurrogate(c)
              && i + 1 < chars.length
              && Character.isLowSurrogate(chars[i + 1]);
      char folded = isPair ? foldPair(Character.toCodePoint(c, chars[i + 1])) : FOLD[c];
      if (isPair && folded == 0) {
        out[length] = c;
        starts[length] = i;
        ends[length++] = i + 2;
        out[length] = chars[i + 1];
        starts[length] = i;
        ends[length++] = i + 2;
      } else if (folded != NOTHING) {
        out[length] = folded;
        starts[length] = i;
        ends[length++] = isPair ? i + 2 : i + 1;
      }
      i += isPair ? 1 : 0;
    }
    return new FoldedText(text, out, length, starts, ends);
  }

  /**
   * The ASCII character the code point is a form of, {@link #NOTHING} when it is invisible, 0 when
   * it stays.
   */
  private static char foldPair(int codePoint) {
    if (codePoint >= FIRST_PICTURE && codePoint <= LAST_PICTURE) {
      return 0;
    }
    if (UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
      return NOTHING;
    }
    String form = NFKC.normalize(Character.toString(codePoint));
    return form.length() == 1 && form.charAt(0) < 0x80 ? form.charAt(0) : 0;
  }

  private static char[] foldTable() {
    char[] table = new char[0x10000];
    for (char c = 0; c < NOTHING; c++) {
      table[c] = c < 0x80 || Character.isSurrogate(c) ? c : fold(c);
    }
    table[NOTHING] = NOTHING;
    // No parser takes these for the @ of a user or a mail address, so they hide no host.
    table['\uFF20'] = '\uFF20';
    table['\uFE6B'] = '\uFE6B';
    // IDNA reads the ideographic full stop as a dot; NFKC does not.
    table['\u3002'] = '.';
    table['\uFF61'] = '.';
    table['\u2028'] = '\n';
    table['\u2029'] = '\n';
    return table;
  }

  private static char fold(char c) {
    if (UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
      return NOTHING;
    }
    String form = NFKC.normalize(String.valueOf(c));
    return form.length() == 1 && form.charAt(0) < 0x80 ? form.charAt(0) : c;
  }

  /** The folded characters; only the first {@link #length()} count, and nobody writes to them. */
  char[] chars() {
    return chars;
  }

  int length() {
    return length;
  }

  /** The characters of the original from which the folded {@code [from, to)} came. */
  String originalOf(int from, int to) {
    if (starts.length == 0) {
      return original.substring(from, to);
    }
    return original.substring(starts[from], ends[to - 1]);
  }

  String asString() {
    return new String(chars, 0, length);
  }
}
