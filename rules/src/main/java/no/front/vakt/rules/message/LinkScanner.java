package no.front.vakt.rules.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the links of one folded text in one pass: it stops only at dots, colons, slashes and square
 * brackets, and looks at the run of host characters around each dot once.
 */
final class LinkScanner {

  /** The longest name before an {@code @} that is looked through. */
  private static final int LONGEST_MAIL_NAME = 64;

  private static final int LONGEST_IPV6 = 48;

  /** Signs browsers let pass in a host and no real host has: a phone ends the link there. */
  private static final String NEVER_IN_A_HOST = ",;!'()*|$&+={}~";

  private final FoldedText text;
  private final char[] chars;
  private final int length;
  private final List<Link> links = new ArrayList<>(2);

  /** The end of the last link: nothing before it is looked at again. */
  private int floor;

  /** Where the last link with a scheme begins, and where its host does; -1 before there is one. */
  private int lastStart = -1;

  private int lastRest = -1;

  LinkScanner(FoldedText text) {
    this.text = text;
    this.chars = text.chars();
    this.length = text.length();
  }

  List<Link> scan() {
    int i = 0;
    while (i < length) {
      char c = chars[i];
      if (c == '.') {
        i = atDot(i);
      } else if (c == ':') {
        i = atColon(i);
      } else if (c == '[') {
        i = atBracket(i);
      } else if (c == '/') {
        i = atSlash(i);
      } else {
        i++;
      }
    }
    return links;
  }

  private int found(int from, int to, Link link) {
    links.add(link);
    floor = to;
    return to;
  }

  // ---- with a scheme ----

  private int atColon(int colon) {
    int start = Schemes.startOfName(chars, floor, colon);
    if (start == colon) {
      return colon + 1;
    }
    int rest = colon + 1;
    while (rest < length && LinkChars.isSlash(chars[rest])) {
      rest++;
    }
    int slashes = rest - colon - 1;
    if (slashes == 0 && (rest == length || LinkChars.isEnd(chars[rest]))) {
      return colon + 1;
    }
    String scheme = Schemes.canonical(lowerCase(start, colon));
    if (!Schemes.isWeb(scheme) && (slashes < 2 || Schemes.isScript(scheme))) {
      return hostless(scheme, start, colon);
    }
    if (slashes < 2 && (rest == length || !(LinkChars.isHost(chars[rest]) || chars[rest] == '['))) {
      return colon + 1;
    }
    if (!Schemes.isWeb(scheme) && slashes > 2) {
      rest = colon + 3;
    }
    return withScheme(scheme, start, rest, colon);
  }

  private int hostless(String scheme, int start, int colon) {
    if (!Schemes.isHostless(scheme, chars, colon + 1, length)) {
      return colon + 1;
    }
    int end = LinkEnds.of(chars, length, colon + 1);
    lastRest = -1;
    return end == colon + 1
        ? end
        : found(start, end, Link.withoutHost(text.originalOf(start, end), scheme));
  }

  private int withScheme(String scheme, int start, int rest, int colon) {
    int end = LinkEnds.of(chars, length, rest);
    if (!leadsSomewhere(rest, end)) {
      return colon + 1;
    }
    int server = endOfServer(rest, end);
    int sign = signInHost(rest, server);
    if (sign < 0) {
      return found(start, end, link(start, end, scheme, rest));
    }
    int lastSign = server;
    while (NEVER_IN_A_HOST.indexOf(chars[lastSign - 1]) < 0) {
      lastSign--;
    }
    boolean isHostBefore = endsInTopLevel(rest, sign) || isQuad(rest, sign);
    boolean hasUser = hasUser(rest, server);
    if (isHostBefore && !hasUser && !endsInTopLevel(lastSign, server)) {
      return found(start, sign, link(start, sign, scheme, rest));
    }
    Link whole = link(start, end, scheme, rest);
    List<Host> hosts = new ArrayList<>(whole.hosts());
    if (isHostBefore || !hasUser) {
      addHosts(rest, sign, hosts);
    }
    if (!hasUser) {
      addHosts(lastSign, server, hosts);
    }
    return found(start, end, withHosts(whole, hosts));
  }

  private Link link(int start, int end, String scheme, int rest) {
    lastStart = start;
    lastRest = rest;
    return Link.of(text.originalOf(start, end), scheme, true, new String(chars, rest, end - rest));
  }

  private boolean leadsSomewhere(int from, int to) {
    for (int i = from; i < to; i++) {
      if (LinkChars.isHost(chars[i]) && chars[i] != '-' && chars[i] != '_') {
        return true;
      }
    }
    return false;
  }

  private int endOfServer(int from, int to) {
    for (int i = from; i < to; i++) {
      if (LinkChars.isSlash(chars[i]) || chars[i] == '?' || chars[i] == '#') {
        return i;
      }
    }
    return to;
  }

  /** The first sign that no host has, where a phone ends the link, or -1. */
  private int signInHost(int from, int to) {
    for (int i = from; i < to; i++) {
      if (NEVER_IN_A_HOST.indexOf(chars[i]) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private boolean hasUser(int from, int to) {
    for (int i = from; i < to; i++) {
      if (chars[i] == '@') {
        return true;
      }
    }
    return false;
  }

  // ---- without a scheme ----

  private int atDot(int dot) {
    if (dot + 1 >= length) {
      return dot + 1;
    }
    boolean hasLabelBefore = dot > floor && LinkChars.isHost(chars[dot - 1]);
    if (!hasLabelBefore || !LinkChars.isHost(chars[dot + 1])) {
      return spacedOut(dot);
    }
    int start = dot;
    while (start > floor && LinkChars.isHost(chars[start - 1])) {
      start--;
    }
    int end = endOfRun(dot);
    return run(start, end);
  }

  private int endOfRun(int from) {
    int end = from;
    while (end < length
        && (LinkChars.isHost(chars[end])
            || (chars[end] == '.' && end + 1 < length && LinkChars.isHost(chars[end + 1])))) {
      end++;
    }
    return end;
  }

  /** Looks at labels and dots {@code [from, to)}; answers where to go on. */
  private int run(int from, int to) {
    int start = withoutLeadingSigns(from, to);
    int end = to;
    while (end > start && isTrailingSign(chars[end - 1])) {
      end--;
    }
    if (isQuad(start, end)) {
      return address(start, end, to);
    }
    end = to;
    while (true) {
      int dot = end - 1;
      while (dot > start && chars[dot] != '.') {
        dot--;
      }
      if (dot <= start) {
        return to;
      }
      int top = endOfTopLevel(dot + 1, end);
      if (top == 0) {
        top = endOfSignedTopLevel(dot + 1, end);
      }
      if (top > 0) {
        return host(start, top, to);
      }
      end = dot;
      while (end > start && isTrailingSign(chars[end - 1])) {
        end--;
      }
    }
  }

  /**
   * Skips hyphens and emoji glued before the first label, unless the label is nothing but emoji.
   */
  private int withoutLeadingSigns(int from, int to) {
    int start = from;
    while (start < to && (chars[start] == '-' || chars[start] == '_')) {
      start++;
    }
    int label = start;
    while (label < to && LinkChars.isSymbol(chars[label])) {
      label++;
    }
    return label < to && chars[label] != '.' ? label : start;
  }

  private static boolean isTrailingSign(char c) {
    return c == '-' || c == '_' || c == '.' || LinkChars.isSymbol(c);
  }

  /**
   * The end of the label if it is a top-level domain, also when East Asian words are glued to it;
   * else 0.
   */
  private int endOfTopLevel(int from, int to) {
    if (PublicSuffixes.isTopLevel(chars, from, to)) {
      return to;
    }
    int ascii = from;
    while (ascii < to && chars[ascii] < 0x80) {
      ascii++;
    }
    boolean isGlued = ascii > from && ascii < to && LinkChars.isEastAsian(chars[ascii]);
    return isGlued && PublicSuffixes.isTopLevel(chars, from, ascii) ? ascii : 0;
  }

  /**
   * The end of the top-level domain with hyphens and emoji behind it; else 0. A symbol may be one
   * itself ({@code evil.№}) or glued ({@code evil.com™}).
   */
  private int endOfSignedTopLevel(int from, int to) {
    int end = to;
    while (end > from && isTrailingSign(chars[end - 1]) && !LinkChars.isLetters(chars[end - 1])) {
      end--;
    }
    int top = end < to && end > from ? endOfTopLevel(from, end) : 0;
    if (top > 0) {
      return top;
    }
    int letters = end;
    while (end > from && isTrailingSign(chars[end - 1])) {
      end--;
    }
    return end < letters && end > from ? endOfTopLevel(from, end) : 0;
  }

  private int host(int start, int end, int runEnd) {
    boolean goesOn = goesOn(end);
    if (isBeforeAt(end) && !goesOn) {
      return runEnd;
    }
    boolean isAfterAt =
        start > floor + 1 && chars[start - 1] == '@' && LinkChars.isMailName(chars[start - 2]);
    boolean isServer = goesOn && (chars[end] == '/' || chars[end] == ':');
    if (isAfterAt && !isServer && !isUserOfLastLink(startOfUser(start))) {
      return runEnd;
    }
    boolean isText =
        goesOn
            ? isNumberAfterColon(end) && SentenceStops.isAbbreviation(chars, start, end)
            : SentenceStops.isSentence(chars, start, end, length);
    if (isText) {
      return runEnd;
    }
    int linkEnd = goesOn ? LinkEnds.of(chars, length, start) : end;
    int linkStart = isAfterAt ? startOfUser(start) : start;
    String rest = new String(chars, linkStart, linkEnd - linkStart);
    Link link = Link.of(text.originalOf(linkStart, linkEnd), "https", false, rest);
    return found(linkStart, linkEnd, withGluedReading(link, start, end));
  }

  /**
   * {@code 点击front.no}, {@code nå👉front.no}: the host with the words and without are both
   * somebody's.
   */
  private Link withGluedReading(Link link, int start, int end) {
    for (int i = end - 1; i > start; i--) {
      boolean isGlue = LinkChars.isEastAsian(chars[i - 1]) || LinkChars.isSymbol(chars[i - 1]);
      if (isGlue && chars[i] < 0x80 && chars[i] != '.') {
        List<Host> hosts = new ArrayList<>(link.hosts());
        addHosts(i, end, hosts);
        return withHosts(link, hosts);
      }
    }
    return link;
  }

  private int address(int start, int end, int runEnd) {
    boolean goesOn = goesOn(end);
    boolean isMail = isLiteralOfMail(start - 1);
    boolean isSum = !goesOn && IpLiterals.isSum(chars, start, end, length);
    if (isMail || isSum || isBeforeAt(end)) {
      return runEnd;
    }
    int linkEnd = goesOn ? LinkEnds.of(chars, length, start) : end;
    String rest = new String(chars, start, linkEnd - start);
    return found(start, linkEnd, Link.of(text.originalOf(start, linkEnd), "https", false, rest));
  }

  /** {@code ola@[192.168.1.1]}: a mail address needs the brackets. */
  private boolean isLiteralOfMail(int open) {
    if (open <= floor + 1
        || chars[open] != '['
        || chars[open - 1] != '@'
        || !LinkChars.isMailName(chars[open - 2])) {
      return false;
    }
    int end = endOfLiteral(open);
    return end > 0 && !goesOn(end);
  }

  /** {@code [::1]}, with or without a path. */
  private int atBracket(int open) {
    int close = open + 1;
    while (close < length && close - open < LONGEST_IPV6 && chars[close] != ']') {
      close++;
    }
    if (close - open < 3 || close >= length || chars[close] != ']') {
      return open + 1;
    }
    if (IpLiterals.ipv6(new String(chars, open + 1, close - open - 1)) == null) {
      return open + 1;
    }
    int end = goesOn(close + 1) ? LinkEnds.of(chars, length, open) : close + 1;
    String rest = new String(chars, open, end - open);
    return found(open, end, Link.of(text.originalOf(open, end), "https", false, rest));
  }

  /** {@code 2130706433/login}, {@code 127.1/login}, {@code 2001:db8::1/login}. */
  private int atSlash(int slash) {
    if (slash + 1 >= length
        || slash == floor
        || !Character.isLetter(chars[slash + 1])
        || !IpLiterals.isPart(chars[slash - 1])) {
      return slash + 1;
    }
    int start = slash;
    int colons = 0;
    while (start > floor && slash - start < LONGEST_IPV6 && IpLiterals.isPart(chars[start - 1])) {
      start--;
      colons += chars[start] == ':' ? 1 : 0;
    }
    boolean isIpv6 =
        colons > 1
            && isFree(start)
            && IpLiterals.ipv6(new String(chars, start, slash - start)) != null;
    if (!isIpv6) {
      int number = afterColon(start, slash);
      int host = isShortAddress(number, slash, slash) ? number : afterColon(start, number - 1);
      if (host != number && !isShortAddress(host, number - 1, slash)) {
        return slash + 1;
      }
      start = host;
    }
    int end = LinkEnds.of(chars, length, slash);
    String host = new String(chars, start, slash - start);
    String rest = (isIpv6 ? "[" + host + "]" : host) + new String(chars, slash, end - slash);
    return found(start, end, Link.of(text.originalOf(start, end), "https", false, rest));
  }

  private int afterColon(int from, int to) {
    int start = to;
    while (start > from && chars[start - 1] != ':') {
      start--;
    }
    return start;
  }

  private boolean isShortAddress(int from, int to, int slash) {
    return isFree(from) && ShortAddresses.isOne(chars, from, to, slash + 1, length);
  }

  private boolean isFree(int start) {
    return start <= floor || !(LinkChars.isHost(chars[start - 1]) || chars[start - 1] == '/');
  }

  /** Whether path, query, fragment or port follow, and not just a closing mark. */
  private boolean goesOn(int end) {
    if (end + 1 >= length) {
      return end < length && chars[end] == '/';
    }
    char next = chars[end + 1];
    return switch (chars[end]) {
      case '/' -> true;
      case '\\', '#' -> !LinkChars.isEnd(next);
      case '?' -> LinkChars.isHost(next);
      case ':' -> LinkChars.isDigit(next);
      default -> false;
    };
  }

  /** {@code Konto.nr:1234.56.78901}: digits and dots behind the colon, and nothing of a path. */
  private boolean isNumberAfterColon(int colon) {
    int end = colon + 1;
    while (end < length && (LinkChars.isDigit(chars[end]) || chars[end] == '.')) {
      end++;
    }
    return chars[colon] == ':'
        && (end >= length
            || !(LinkChars.isHost(chars[end]) || "/\\?#:@%".indexOf(chars[end]) >= 0));
  }

  /**
   * Whether what ends here is the name of a mail address: more of a name may follow before the
   * {@code @}, and a host must after it.
   */
  private boolean isBeforeAt(int end) {
    int at = end;
    while (at < length && at - end < LONGEST_MAIL_NAME && LinkChars.isMailName(chars[at])) {
      at++;
    }
    if (at + 1 >= length || chars[at] != '@') {
      return false;
    }
    return chars[at + 1] == '['
        ? endOfLiteral(at + 1) > 0
        : endsInTopLevel(at + 1, endOfRun(at + 1));
  }

  /** After {@code [192.168.1.1]} or {@code [IPv6:2001:db8::1]}, or 0 when no address is closed. */
  private int endOfLiteral(int open) {
    int close = open + 1;
    while (close < length && close - open < LONGEST_IPV6 && chars[close] != ']') {
      close++;
    }
    if (close >= length || chars[close] != ']') {
      return 0;
    }
    if (isQuad(open + 1, close)) {
      return close + 1;
    }
    String inside = new String(chars, open + 1, close - open - 1);
    String address = inside.regionMatches(true, 0, "IPv6:", 0, 5) ? inside.substring(5) : inside;
    return IpLiterals.ipv6(address) == null ? 0 : close + 1;
  }

  /**
   * {@code https://front.no|@evil.example}: the sign ends the link for a reader, a browser goes to
   * the other host.
   */
  private boolean isUserOfLastLink(int user) {
    if (lastRest < 0
        || !links.get(links.size() - 1).hasScheme()
        || LinkEnds.hasPath(chars, lastRest, floor)) {
      return false;
    }
    for (int i = floor; i < user; i++) {
      if (chars[i] <= ' ') {
        return false;
      }
    }
    return user - floor < LONGEST_MAIL_NAME;
  }

  private int startOfUser(int host) {
    int start = host - 1;
    while (start > floor
        && host - start <= LONGEST_MAIL_NAME
        && (LinkChars.isMailName(chars[start - 1])
            || chars[start - 1] == ':'
            || chars[start - 1] == '@')) {
      start--;
    }
    return start;
  }

  // ---- with spaces around the dots ----

  private int spacedOut(int dot) {
    SpacedHost host = SpacedHost.at(dot, chars, length, floor);
    if (host == null) {
      return dot + 1;
    }
    int end = goesOn(host.end()) ? LinkEnds.of(chars, length, host.end()) : host.end();
    return host.start() == floor && floor > 0 ? continued(dot, end) : spacedOut(host.start(), end);
  }

  private int spacedOut(int start, int end) {
    String rest = new String(chars, start, end - start).replace(" ", "");
    return found(start, end, Link.of(text.originalOf(start, end), "https", false, rest));
  }

  /** {@code https://evil .com}: a machine opens what stands before the gap, a reader closes it. */
  private int continued(int dot, int end) {
    Link last = links.get(links.size() - 1);
    if (lastRest < 0
        || !last.hasScheme()
        || last.hosts().isEmpty()
        || last.hosts().stream().anyMatch(host -> PublicSuffixes.endsInTopLevel(host.ascii()))
        || LinkEnds.hasPath(chars, lastRest, floor)) {
      return dot + 1;
    }
    String rest = new String(chars, lastRest, end - lastRest).replace(" ", "");
    Link whole = Link.of(text.originalOf(lastStart, end), last.scheme(), true, rest);
    List<Host> hosts = new ArrayList<>(last.hosts());
    hosts.addAll(whole.hosts());
    links.remove(links.size() - 1);
    return found(lastStart, end, withHosts(whole, hosts));
  }

  // ---- small things ----

  private boolean endsInTopLevel(int from, int to) {
    int dot = to - 1;
    while (dot > from && chars[dot] != '.') {
      dot--;
    }
    return dot > from && PublicSuffixes.isTopLevel(chars, dot + 1, to);
  }

  private boolean isQuad(int from, int to) {
    return IpLiterals.isDottedQuad(chars, from, to);
  }

  private void addHosts(int from, int to, List<Host> hosts) {
    for (Host host : Authority.of(new String(chars, from, to - from)).hosts()) {
      if (!hosts.contains(host)) {
        hosts.add(host);
      }
    }
  }

  private static Link withHosts(Link link, List<Host> hosts) {
    return new Link(
        link.asWritten(), link.scheme(), link.hasScheme(), hosts, link.port(), link.paths());
  }

  private String lowerCase(int from, int to) {
    char[] lower = new char[to - from];
    for (int i = from; i < to; i++) {
      char c = chars[i];
      lower[i - from] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return new String(lower);
  }
}
