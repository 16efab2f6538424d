package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one customer may do, in one version; {@code default} is what all inherit from. Absent fields
 * are inherited.
 *
 * @param customerId whose policy, or {@link #DEFAULT}
 * @param name what people call the customer
 * @param version counts up with every published change
 * @param effectiveFrom first submittedAt it judges; absent: from the beginning
 * @param removed true: from here on the customer has no policy of its own
 * @param rules own rules; those with an inherited id replace the inherited ones
 * @param access who may call the customer API
 * @param contacts whom to mail
 * @param language {@code nb} or {@code en}
 * @param timeZone IANA name, as in {@code Europe/Oslo}
 * @param homeCountries ISO 3166 codes the customer works in
 * @param holidayCalendar country code of the holidays it keeps
 * @param critical alarm, health, municipality: never held on statistics
 * @param frozen set: all its messages are blocked
 * @param retention how long what is kept; read by those who keep
 * @param exceptions temporary exceptions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Policy(
    String customerId,
    @Nullable String name,
    long version,
    @Nullable Instant effectiveFrom,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean removed,
    @Nullable List<RuleSpec> rules,
    @Nullable AccessPolicy access,
    @Nullable List<Contact> contacts,
    @Nullable String language,
    @Nullable String timeZone,
    @Nullable List<String> homeCountries,
    @Nullable String holidayCalendar,
    @Nullable Boolean critical,
    @Nullable Frozen frozen,
    @Nullable JsonNode retention,
    @Nullable List<PolicyException> exceptions) {

  /** The customerId of the policy that all inherit from. */
  public static final String DEFAULT = "default";

  /** Highest version: there is always a next one, and every JSON reader holds it exactly. */
  public static final long MAX_VERSION = 1L << 52;

  /** Fewest seconds {@code retention.heldSeconds} can say: time enough for somebody to look. */
  public static final int FEWEST_HELD_SECONDS = 60;

  /** Most seconds {@code retention.heldSeconds} can say, and what holds when none says anything. */
  public static final int MOST_HELD_SECONDS = 86_400;

  /** Largest policy accepted, in bytes of JSON (design decision 9). */
  public static final int MAX_BYTES = 256 * 1024;

  /** A version that lands later than this after its time was not delayed but put there again. */
  public static final Duration LATE = Duration.ofMinutes(1);

  /** Within this every subtask of a judge has a record of the log; measured well below. */
  private static final Duration SPREAD = Duration.ofMillis(250);

  /** Requires the customer; everything else is checked where it is understood. */
  public Policy {
    if (customerId == null || customerId.isBlank()) {
      throw new InvalidRecordException("customerId", "is missing");
    }
    if (version < 0 || version > MAX_VERSION) {
      throw new InvalidRecordException("version", "must be from 0 to " + MAX_VERSION);
    }
  }

  /** That from then on a customer has no policy of its own. */
  public static Policy removal(String customerId, long version, @Nullable Instant effectiveFrom) {
    return new Policy(
        customerId,
        null,
        version,
        effectiveFrom,
        true,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** What a judge needs of it: passwords and people never rest in its state. */
  public Policy forJudging() {
    return new Policy(
        customerId,
        null,
        version,
        effectiveFrom,
        removed,
        rules,
        null,
        null,
        language,
        timeZone,
        homeCountries,
        holidayCalendar,
        critical,
        frozen,
        null,
        exceptions);
  }

  /** The same as a version that judges from then on. */
  public Policy published(long newVersion, @Nullable Instant from) {
    return new Policy(
        customerId,
        name,
        newVersion,
        from,
        removed,
        rules,
        access,
        contacts,
        language,
        timeZone,
        homeCountries,
        holidayCalendar,
        critical,
        frozen,
        retention,
        exceptions);
  }

  /**
   * The same as it judges, given when the log took it. A version is sent a second ahead of its
   * {@code effectiveFrom}; one that landed late judges from shortly after its log time instead, for
   * nobody could know it before, and the log time is the same for every reader. One that landed
   * more than {@link #LATE} after was put there again and judges from when it always did.
   */
  public Policy asLogged(Instant loggedAt) {
    boolean isLate =
        effectiveFrom != null
            && effectiveFrom.isBefore(loggedAt)
            && effectiveFrom.isAfter(loggedAt.minus(LATE));
    return isLate ? published(version, loggedAt.plus(SPREAD)) : this;
  }

  /** The same with others to mail. */
  public Policy withContacts(@Nullable List<Contact> others) {
    return new Policy(
        customerId,
        name,
        version,
        effectiveFrom,
        removed,
        rules,
        access,
        others,
        language,
        timeZone,
        homeCountries,
        holidayCalendar,
        critical,
        frozen,
        retention,
        exceptions);
  }

  /** The same with others who may call. */
  public Policy withAccess(@Nullable AccessPolicy others) {
    return new Policy(
        customerId,
        name,
        version,
        effectiveFrom,
        removed,
        rules,
        others,
        contacts,
        language,
        timeZone,
        homeCountries,
        holidayCalendar,
        critical,
        frozen,
        retention,
        exceptions);
  }
}
