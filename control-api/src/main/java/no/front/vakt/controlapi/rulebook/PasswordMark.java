package no.front.vakt.controlapi.rulebook;

import no.front.vakt.contract.AccessPolicy;
import no.front.vakt.contract.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A password's hash never leaves: where one is stored, staff see this mark, and a policy that is
 * written with the mark keeps the hash that is stored.
 */
final class PasswordMark {
  /** No bcrypt hash can look like it. */
  static final String MARK = "set";

  private PasswordMark() {}

  static boolean isIn(Policy policy) {
    return policy.access() != null && MARK.equals(policy.access().passwordHash());
  }

  /** The policy as staff see it. */
  static Policy shown(Policy policy) {
    return hash(policy) == null ? policy : with(policy, MARK);
  }

  /** The policy with the hash another one holds, where it has the mark. */
  static Policy resolved(Policy policy, Policy stored) {
    return isIn(policy) ? with(policy, hash(stored)) : policy;
  }

  static @Nullable String hash(Policy policy) {
    return policy.access() == null ? null : policy.access().passwordHash();
  }

  private static Policy with(Policy policy, @Nullable String hash) {
    AccessPolicy access = policy.access();
    return policy.withAccess(access == null ? null : new AccessPolicy(access.networks(), hash));
  }
}
