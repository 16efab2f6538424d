package no.front.vakt.rules.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.Msisdn;
import no.front.vakt.contract.SenderId;
import no.front.vakt.contract.Wording;
import no.front.vakt.rules.message.Message;
import no.front.vakt.rules.signal.Counter;
import no.front.vakt.rules.signal.Per;
import no.front.vakt.rules.signal.Signals;
import no.front.vakt.rules.signal.Unit;
import org.jspecify.annotations.Nullable;

/**
 * A ceiling on what passes within a sliding window; see {@code docs/rules/volume-limit.md}. A
 * message breaks it when counting it would put more than the limit in any window of that length
 * that contains it (design decision 8).
 *
 * @param head what all rules have
 * @param limit most messages or segments, 0 allows none
 * @param windowSeconds length of the window
 * @param counter what messages are counted by
 * @param unit messages or segments
 */
public record VolumeLimit(RuleHead head, long limit, int windowSeconds, Counter counter, Unit unit)
    implements Rule {
  static final RuleKind KIND =
      new RuleKind("volume-limit", VolumeLimit::read, VolumeLimit::explain);

  /** Highest limit that can be set: more SMS than Norway sends in a year. */
  public static final long MAX_LIMIT = 1_000_000_000_000L;

  /** Longest window that can be set: a leap year. */
  public static final int MAX_WINDOW_SECONDS = 366 * 24 * 3600;

  private static final int DEFAULT_PREFIX_DIGITS = 6;
  private static final List<String> PERS =
      List.of(Per.values()).stream().map(Per::wireName).toList();
  private static final List<String> UNITS =
      List.of(Unit.values()).stream().map(Unit::wireName).toList();

  private static Rule read(RuleHead head, Parameters parameters) {
    long limit = parameters.required("limit", 0, MAX_LIMIT);
    int windowSeconds = (int) parameters.required("windowSeconds", 1, MAX_WINDOW_SECONDS);
    Per per = Per.values()[parameters.oneOf("per", PERS, true)];
    Unit unit = Unit.values()[parameters.oneOf("unit", UNITS, false)];
    int digits =
        (int) parameters.optional("prefixDigits", 1, Msisdn.MAX_DIGITS, DEFAULT_PREFIX_DIGITS);
    Counter counter = new Counter(per, per == Per.PREFIX ? digits : 0);
    return new VolumeLimit(head, limit, windowSeconds, counter, unit);
  }

  @Override
  public Set<Counter> watches() {
    return Set.of(counter);
  }

  @Override
  public long longestWindowMillis() {
    return windowSeconds * 1000L;
  }

  @Override
  public Optional<Finding> examine(Message message, Signals signals, Exceptions exceptions) {
    String fullest = null;
    Signals.Reading most = null;
    for (String value : message.values(counter)) {
      if (isExcepted(value, exceptions)) {
        continue;
      }
      int segments = unit == Unit.SEGMENT ? message.segments() : 1;
      Signals.Reading reading =
          signals.ifCounted(
              counter, value, message.atMillis(), longestWindowMillis(), unit, segments);
      if (reading.peak() > limit && (most == null || reading.peak() > most.peak())) {
        fullest = value;
        most = reading;
      }
    }
    return most == null || fullest == null
        ? Optional.empty()
        : Optional.of(finding(message, fullest, most));
  }

  private boolean isExcepted(String value, Exceptions exceptions) {
    if (exceptions.entries().isEmpty()) {
      return false;
    }
    return switch (counter.per()) {
      case CUSTOMER -> false;
      case SENDER ->
          exceptions.entries().stream().anyMatch(entry -> SenderId.folded(entry).equals(value));
      case PREFIX -> exceptions.covers(value) || exceptions.covers("+" + value);
      case ORIGIN_IP ->
          exceptions.entries().stream()
              .flatMap(entry -> IpAddress.find(entry.strip()).stream())
              .anyMatch(address -> address.subscriberBlock().equals(value));
      case RECIPIENT, COUNTRY, URL_DOMAIN -> exceptions.covers(value);
    };
  }

  private Finding finding(Message message, String value, Signals.Reading reading) {
    Map<String, Object> evidence = new TreeMap<>();
    evidence.put("per", counter.per().wireName());
    evidence.put("unit", unit.wireName());
    String shown = shown(message, value);
    if (shown != null) {
      evidence.put("value", shown);
    }
    if (reading.overflow()) {
      evidence.put("overflow", true);
    }
    return new Finding(
        head.id(),
        head.version(),
        KIND.wireName(),
        head.action(),
        head.shadow(),
        reading.peak(),
        limit,
        windowSeconds,
        evidence,
        null);
  }

  private @Nullable String shown(Message message, String value) {
    return switch (counter.per()) {
      case CUSTOMER -> null;
      case RECIPIENT -> Msisdn.mask(value);
      case SENDER -> SenderId.masked(value);
      case PREFIX -> isBlock(message, value) ? "+" + value : Msisdn.mask("+" + value);
      case ORIGIN_IP -> maskedAddress(value);
      case COUNTRY, URL_DOMAIN -> value;
    };
  }

  /** A prefix that stands for fewer than a hundred numbers is as good as a number. */
  private static boolean isBlock(Message message, String prefix) {
    return message.submission().recipient().length() - 1 - prefix.length() >= 2;
  }

  private static String maskedAddress(String block) {
    int dot = block.indexOf('.');
    int second = dot < 0 ? -1 : block.indexOf('.', dot + 1);
    return second < 0
        ? block.substring(0, Math.min(8, block.length())) + "…"
        : block.substring(0, second) + ".…";
  }

  /** Just over the limit is 50; the more over, the nearer 100. */
  @Override
  public int strength(Finding finding) {
    long observed = Math.max(1, Optional.ofNullable(finding.observed()).orElse(1L));
    return (int) Math.round(100 - 50.0 * Math.min(limit, observed) / observed);
  }

  private static Wording explain(Finding finding) {
    boolean segments = Unit.SEGMENT.wireName().equals(finding.evidence().get("unit"));
    String per = String.valueOf(finding.evidence().get("per"));
    Object value = finding.evidence().get("value");
    int window = Optional.ofNullable(finding.windowSeconds()).orElse(0);
    boolean overflow = Boolean.TRUE.equals(finding.evidence().get("overflow"));
    boolean one = Long.valueOf(1).equals(finding.observed());
    String nb =
        "Med denne blir det "
            + finding.observed()
            + (segments ? one ? " SMS-del" : " SMS-deler" : one ? " melding" : " meldinger")
            + subject(per, value, true)
            + " i løpet av "
            + Durations.norwegian(window)
            + "; grensen er "
            + finding.limit()
            + "."
            + (overflow
                ? " (Talt sammen med andre verdier: kunden har flere enn vi teller hver for seg.)"
                : "");
    String en =
        "This one would make "
            + finding.observed()
            + (segments ? " SMS segment" : " message")
            + (one ? "" : "s")
            + subject(per, value, false)
            + " within "
            + Durations.english(window)
            + "; the limit is "
            + finding.limit()
            + "."
            + (overflow
                ? " (Counted together with other values: the customer has more than are counted apart.)"
                : "");
    return new Wording(nb, en);
  }

  private static String subject(String per, @Nullable Object value, boolean norwegian) {
    return switch (per) {
      case "sender" -> (norwegian ? " fra avsender " : " from sender ") + value;
      case "recipient" -> (norwegian ? " til mottaker " : " to recipient ") + value;
      case "country" -> (norwegian ? " til land " : " to country ") + value;
      case "prefix" ->
          (norwegian ? " til numre som begynner med " : " to numbers starting with ") + value;
      case "urlDomain" ->
          (norwegian ? " med lenke til " : " linking to ") + UrlWhitelist.unclickable(value);
      case "originIp" -> (norwegian ? " sendt fra adressen " : " sent from address ") + value;
      default -> norwegian ? " fra kunden" : " from the customer";
    };
  }
}
