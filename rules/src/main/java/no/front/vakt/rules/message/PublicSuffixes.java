package no.front.vakt.rules.message;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public suffix list: where a registry's part of a host ends and its customer's begins.
 *
 * <p>Source: https://publicsuffix.org/list/, shipped as {@code urls/public_suffix_list.dat}; a
 * newer list is a newer file. Hosts are asked for in canonical ASCII lower case. Both sections
 * count for registrable domains; only the ICANN section says what a bare host may end in.
 */
final class PublicSuffixes {

  private static final int RULE = 1;
  private static final int WILDCARD = 2;
  private static final int EXCEPTION = 4;
  private static final int PRIVATE_RULE = 8;
  private static final int PRIVATE_WILDCARD = 16;

  /**
   * The longest rule of the list has five labels; two more leave room for the wildcard and for
   * growth.
   */
  private static final int MOST_LABELS = 7;

  /** The longest label of DNS. */
  private static final int LONGEST_LABEL = 63;

  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  private static final int TABLE_SIZE = 8192;

  private static final Map<String, Integer> RULES = new HashMap<>(32_768);
  private static final @Nullable String[] ASCII_TLDS = new String[TABLE_SIZE];
  private static final Set<String> UNICODE_TLDS = new HashSet<>();
  private static final Set<String> ICANN_TLDS = new HashSet<>();

  static {
    load();
  }

  private PublicSuffixes() {}

  private static void load() {
    IDNA idna = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);
    boolean icann = false;
    for (String line : ListedNames.lines("public_suffix_list.dat")) {
      if (line.startsWith("//")) {
        icann = line.contains("BEGIN ICANN") || (icann && !line.contains("END ICANN"));
        continue;
      }
      String rule = line.strip();
      if (!rule.isEmpty()) {
        add(rule, icann, idna);
      }
    }
  }

  private static void add(String written, boolean icann, IDNA idna) {
    int kind = icann ? RULE : RULE | PRIVATE_RULE;
    String rule = written;
    if (rule.startsWith("!")) {
      kind = EXCEPTION;
      rule = rule.substring(1);
    } else if (rule.startsWith("*.")) {
      kind = icann ? WILDCARD : WILDCARD | PRIVATE_WILDCARD;
      rule = rule.substring(2);
    }
    String unicodeTld = rule.substring(rule.lastIndexOf('.') + 1);
    if (!isAscii(rule)) {
      StringBuilder ascii = new StringBuilder();
      idna.nameToASCII(rule, ascii, new IDNA.Info());
      rule = ascii.toString();
    }
    RULES.merge(rule, kind, (a, b) -> a | b);
    String tld = rule.substring(rule.lastIndexOf('.') + 1);
    if (icann && ICANN_TLDS.add(tld)) {
      int slot = hash(tld);
      while (ASCII_TLDS[slot] != null) {
        slot = (slot + 1) & (TABLE_SIZE - 1);
      }
      ASCII_TLDS[slot] = tld;
      if (!isAscii(unicodeTld)) {
        UNICODE_TLDS.add(unicodeTld);
      }
    }
  }

  /**
   * Whether the label {@code text[from, to)}, in any case, is a top-level domain of the ICANN
   * section.
   */
  static boolean isTopLevel(char[] text, int from, int to) {
    if (to - from < 2 && (to == from || text[from] < 0x80)) {
      return false;
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c >= 0x80) {
        return isUnicodeTopLevel(new String(text, from, to - from));
      }
      hash = 31 * hash + lower(c);
    }
    for (int slot = spread(hash); ; slot = (slot + 1) & (TABLE_SIZE - 1)) {
      String tld = ASCII_TLDS[slot];
      if (tld == null) {
        return false;
      }
      if (equalsIgnoringCase(tld, text, from, to)) {
        return true;
      }
    }
  }

  private static boolean isUnicodeTopLevel(String label) {
    if (label.length() > LONGEST_LABEL) {
      return false;
    }
    String form = NFKC.normalize(label).toLowerCase(Locale.ROOT);
    return UNICODE_TLDS.contains(form) || ICANN_TLDS.contains(form);
  }

  /** Whether the host's last label is a top-level domain of the ICANN section. */
  static boolean endsInTopLevel(String host) {
    return ICANN_TLDS.contains(host.substring(host.lastIndexOf('.') + 1));
  }

  /**
   * The registrable domain: the public suffix and one label more; the host itself when it is a
   * suffix, or has one label.
   */
  static String registrableDomain(String host) {
    int suffix = suffixLabels(host);
    int start = startOfLastLabels(host, suffix + 1);
    return start < 0 ? host : host.substring(start);
  }

  /** Whether the host is itself a suffix under which others register, of either section. */
  static boolean isPublicSuffix(String host) {
    return startOfLastLabels(host, suffixLabels(host)) == 0
        && startOfLastLabels(host, suffixLabels(host) + 1) < 0;
  }

  /**
   * Whether the host is a suffix of the private section: open hosting under a company's own name.
   */
  static boolean isPrivateSuffix(String host) {
    int flags = RULES.getOrDefault(host, 0);
    int dot = host.indexOf('.');
    int parent = dot < 0 ? 0 : RULES.getOrDefault(host.substring(dot + 1), 0);
    return (flags & PRIVATE_RULE) != 0 || (parent & PRIVATE_WILDCARD) != 0;
  }

  /**
   * The prevailing rule's number of labels, after the algorithm of publicsuffix.org: exception,
   * longest, else one.
   */
  private static int suffixLabels(String host) {
    int best = 1;
    int end = host.length();
    for (int labels = 1; labels <= MOST_LABELS && end > 0; labels++) {
      int dot = host.lastIndexOf('.', end - 1);
      Integer flags = RULES.get(host.substring(dot + 1));
      if (flags != null) {
        if ((flags & EXCEPTION) != 0) {
          return labels - 1;
        }
        if ((flags & RULE) != 0) {
          best = labels;
        }
        if ((flags & WILDCARD) != 0 && dot > 0) {
          best = labels + 1;
        }
      }
      end = dot;
    }
    return best;
  }

  /** Where the last {@code labels} labels begin, or -1 when the host has fewer. */
  private static int startOfLastLabels(String host, int labels) {
    int end = host.length();
    int start = -1;
    for (int i = 0; i < labels; i++) {
      if (end <= 0) {
        return -1;
      }
      start = host.lastIndexOf('.', end - 1) + 1;
      end = start - 1;
    }
    return start;
  }

  private static int hash(String label) {
    int hash = 0;
    for (int i = 0; i < label.length(); i++) {
      hash = 31 * hash + label.charAt(i);
    }
    return spread(hash);
  }

  private static int spread(int hash) {
    return (hash ^ (hash >>> 13)) & (TABLE_SIZE - 1);
  }

  private static boolean equalsIgnoringCase(String tld, char[] text, int from, int to) {
    if (tld.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (lower(text[i]) != tld.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
