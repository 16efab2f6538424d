package no.front.vakt.rules.rule;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Msisdn;
import no.front.vakt.contract.Wording;
import no.front.vakt.rules.message.Message;
import no.front.vakt.rules.message.NumberFacts;
import no.front.vakt.rules.signal.Counter;
import no.front.vakt.rules.signal.Signals;

/**
 * The countries a customer may send to, or may not; see {@code docs/rules/country-policy.md}. The
 * country is libphonenumber's region of the number; {@code ZZ} stands for a number with none, which
 * an allowed list stops unless it names it.
 *
 * @param head what all rules have
 * @param isAllowedList true: the countries are those allowed; false: those blocked
 * @param countries ISO 3166 codes, {@code 001}, {@code XK}, {@code ZZ}
 */
public record CountryPolicy(RuleHead head, boolean isAllowedList, Set<String> countries)
    implements Rule {
  static final RuleKind KIND =
      new RuleKind("country-policy", CountryPolicy::read, CountryPolicy::explain);

  private static final Set<String> KNOWN = known();
  private static final int STRENGTH = 80;

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(List.of(Locale.getISOCountries()));
    known.addAll(PhoneNumberUtil.getInstance().getSupportedRegions());
    known.addAll(List.of("001", "XK", NumberFacts.NO_COUNTRY));
    return known;
  }

  /** Whether a code names a country, or one of the codes that stand beside the countries. */
  public static boolean isCountry(String code) {
    return KNOWN.contains(code);
  }

  private static Rule read(RuleHead head, Parameters parameters) {
    boolean allowed = parameters.has("allowed");
    if (allowed == parameters.has("blocked")) {
      parameters.problem("allowed", "exactly one of allowed and blocked must be given");
    }
    String name = allowed ? "allowed" : "blocked";
    List<String> codes = new ArrayList<>();
    for (String code : parameters.texts(name).orElse(List.of())) {
      String upper = code.strip().toUpperCase(Locale.ROOT);
      if (!isCountry(upper)) {
        parameters.problem(
            name, "holds a code that is no country: two letters of ISO 3166, 001, XK or ZZ");
      }
      codes.add(upper);
    }
    return new CountryPolicy(head, allowed, Set.copyOf(codes));
  }

  @Override
  public Set<Counter> watches() {
    return Set.of();
  }

  @Override
  public Optional<Finding> examine(Message message, Signals signals, Exceptions exceptions) {
    String country = message.number().country();
    if (countries.contains(country) == isAllowedList || exceptions.covers(country)) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            head.id(),
            head.version(),
            KIND.wireName(),
            head.action(),
            head.shadow(),
            null,
            null,
            null,
            Map.of(
                "country",
                country,
                "list",
                isAllowedList ? "allowed" : "blocked",
                "number",
                Msisdn.mask(message.submission().recipient())),
            null));
  }

  @Override
  public int strength(Finding finding) {
    return STRENGTH;
  }

  private static Wording explain(Finding finding) {
    String code = String.valueOf(finding.evidence().get("country"));
    Object number = finding.evidence().get("number");
    boolean allowed = "allowed".equals(finding.evidence().get("list"));
    return new Wording(
        "Mottakeren "
            + number
            + norwegian(code)
            + (allowed
                ? ", som ikke er blant landene kunden kan sende til."
                : ", som kunden ikke kan sende til."),
        "The recipient "
            + number
            + english(code)
            + (allowed
                ? ", which is not among the countries the customer may send to."
                : ", which the customer may not send to."));
  }

  private static String norwegian(String code) {
    return switch (code) {
      case "001" -> " er et satellitt- eller internasjonalt nummer (001)";
      case "ZZ" -> " hører ikke til noe land (ZZ)";
      default -> " er i " + name(code, Locale.forLanguageTag("nb")) + " (" + code + ")";
    };
  }

  private static String english(String code) {
    return switch (code) {
      case "001" -> " is a satellite or international number (001)";
      case "ZZ" -> " belongs to no country (ZZ)";
      default -> " is in " + name(code, Locale.ENGLISH) + " (" + code + ")";
    };
  }

  private static String name(String code, Locale locale) {
    return new Locale.Builder().setRegion(code).build().getDisplayCountry(locale);
  }
}
