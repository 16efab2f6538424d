package no.front.vakt.standalone.crash;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;

/**
 * Policies under which limits really bind, and changes to them: a limit over everything that holds,
 * one a recipient that blocks, one a sender that alerts, a list of countries, and a shadow beside
 * them. Ids, counters and windows stay, limits and countries change.
 */
final class CrashPolicies {
  /** Of what a customer usually sends in a window, this much may pass: it holds now and then. */
  private static final double LEAST = 0.6;

  private static final double MOST = 1.1;

  private final CrashSettings settings;
  private final SplittableRandom random;

  CrashPolicies(CrashSettings settings) {
    this.settings = settings;
    // Another stream than the traffic's: the one does not follow the other.
    this.random = new SplittableRandom(~settings.seed());
  }

  /** A policy for a customer, other than its last. */
  Policy next(int customer) {
    int window = settings.windowSeconds();
    double usual = settings.perCustomerAndSecond() * window;
    int all = (int) Math.max(2, usual * (LEAST + random.nextDouble() * (MOST - LEAST)));
    int same = 2 + random.nextInt(Math.max(1, (int) (usual / 6)));
    int sender = Math.max(1, (int) (all * (0.3 + random.nextDouble() * 0.2)));
    String countries = List.of("[\"NO\"]", "[\"NO\", \"SE\"]").get(random.nextInt(2));
    String action = random.nextBoolean() ? "BLOCK" : "HOLD";
    String json =
        String.format(
            Locale.ROOT,
            """
            {"customerId": "%s", "rules": [
              {"id": "everything", "kind": "volume-limit", "action": "HOLD",
               "per": "customer", "limit": %d, "windowSeconds": %d},
              {"id": "same-number", "kind": "volume-limit", "action": "BLOCK",
               "per": "recipient", "limit": %d, "windowSeconds": %d},
              {"id": "sender", "kind": "volume-limit", "action": "ALERT",
               "per": "sender", "limit": %d, "windowSeconds": %d},
              {"id": "tighter", "kind": "volume-limit", "state": "shadow", "action": "BLOCK",
               "per": "customer", "limit": %d, "windowSeconds": %d},
              {"id": "countries", "kind": "country-policy", "action": "%s", "allowed": %s}]}
            """,
            CrashTraffic.customer(customer),
            all,
            window,
            same,
            2 * window,
            sender,
            window,
            Math.max(1, all / 2),
            window,
            action,
            countries);
    return WireJson.read(json, Policy.class);
  }

  /** A customer whose policy is to change. */
  int someCustomer() {
    return random.nextInt(settings.customers());
  }

  /** Milliseconds until the next change. */
  long pauseMillis() {
    return 500 + random.nextLong(2_000);
  }
}
