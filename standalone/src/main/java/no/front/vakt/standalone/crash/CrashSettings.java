package no.front.vakt.standalone.crash;

import java.time.Duration;

/**
 * How a trial is run.
 *
 * @param submissions messages handed in, beside the probes
 * @param kills how often the process is killed with SIGKILL
 * @param seed decides traffic, policies and moments
 * @param perSecond messages a second while the door answers
 * @param customers how many customers they come from
 * @param rehearses whether Vakt is started and stopped in order first, which makes later starts as
 *     fast as an installed one's
 * @param patience longest wait for a first verdict, for the last answer, and for the logs to stand
 *     still, each
 */
record CrashSettings(
    int submissions,
    int kills,
    long seed,
    double perSecond,
    int customers,
    boolean rehearses,
    Duration patience) {
  static final int USUAL_CUSTOMERS = 50;
  static final Duration USUAL_PATIENCE = Duration.ofMinutes(3);

  /** Messages a second of one customer. */
  double perCustomerAndSecond() {
    return perSecond / customers;
  }

  /** A window that the traffic fills several times, in seconds. */
  int windowSeconds() {
    return (int) Math.max(2, Math.min(30, submissions / perSecond / 6));
  }
}
