package no.front.vakt.controlapi.rulebook;

import java.time.Instant;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * One version of a customer's policy as it rests in the database.
 *
 * @param customerId whose
 * @param version which
 * @param content JSON of the policy, contacts sealed, without version and effectiveFrom
 * @param removed whether the customer has no policy of its own from here on
 * @param author who wrote it: a member of staff, or the publisher it was read from
 * @param reason why, if somebody said
 * @param createdAt when it was written
 * @param rolledBackFrom the version whose content somebody brought back here
 * @param againOf the version whose publication failed and whose content is published again here
 * @param wantedFrom the instant somebody asked it to come into force at
 * @param effectiveFrom the first submittedAt it judges; absent until it is about to be published
 * @param publishedAt when the log had it; absent until then
 * @param fate what became of it
 */
public record StoredVersion(
    String customerId,
    long version,
    String content,
    boolean removed,
    String author,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Long rolledBackFrom,
    @Nullable Long againOf,
    @Nullable Instant wantedFrom,
    @Nullable Instant effectiveFrom,
    @Nullable Instant publishedAt,
    Fate fate) {

  /** What becomes of a version; in the database in small letters. */
  public enum Fate {
    /** Not on the log yet. */
    WAITING,
    /** On the log. */
    PUBLISHED,
    /** Its publication failed or came too late; if need be its content has another version. */
    BURNT
  }

  /** A version that waits to be published. */
  static StoredVersion written(
      Policy sealed, long version, String author, @Nullable String reason, Instant now) {
    return new StoredVersion(
        sealed.customerId(),
        version,
        content(sealed),
        sealed.removed(),
        author,
        reason,
        now,
        null,
        null,
        null,
        null,
        null,
        Fate.WAITING);
  }

  /** A version that was found on the topic. */
  public static StoredVersion imported(Policy sealed, String author, Instant at) {
    return new StoredVersion(
        sealed.customerId(),
        sealed.version(),
        content(sealed),
        sealed.removed(),
        author,
        "read from the topic",
        at,
        null,
        null,
        null,
        sealed.effectiveFrom(),
        at,
        Fate.PUBLISHED);
  }

  /** The same content once more under a new version. */
  public StoredVersion again(long newVersion, Instant now) {
    return new StoredVersion(
        customerId,
        newVersion,
        content,
        removed,
        author,
        "published again",
        now,
        rolledBackFrom,
        againOf == null ? version : againOf,
        wantedFrom,
        null,
        null,
        Fate.WAITING);
  }

  StoredVersion rolledBackFrom(long old) {
    return new StoredVersion(
        customerId,
        version,
        content,
        removed,
        author,
        reason,
        createdAt,
        old,
        againOf,
        wantedFrom,
        effectiveFrom,
        publishedAt,
        fate);
  }

  StoredVersion wantedFrom(@Nullable Instant wanted) {
    return new StoredVersion(
        customerId,
        version,
        content,
        removed,
        author,
        reason,
        createdAt,
        rolledBackFrom,
        againOf,
        wanted,
        effectiveFrom,
        publishedAt,
        fate);
  }

  /** What is compared and stored: the policy without what publishing adds. */
  public static String content(Policy sealed) {
    return WireJson.text(sealed.published(0, null));
  }

  /** The policy with its version and, once that is known, its effectiveFrom; contacts sealed. */
  public Policy policy() {
    return WireJson.read(content, Policy.class).published(version, effectiveFrom);
  }

  /** Whether it is on the log. */
  public boolean isPublished() {
    return fate == Fate.PUBLISHED;
  }
}
