package no.front.vakt.standalone.up;

import java.util.Locale;

/**
 * Who may log in to the household's broker: one name, one certificate, one set of rights each
 * ({@link AccessRules}). The name is the certificate's common name.
 */
enum Member {
  /** The broker and controller; a super user. */
  BROKER,
  /** The household's own hands: makes topics and access rules at start; a super user. */
  HOUSEHOLD,
  VERDICT_API,
  SCORING_JOB,
  DELIVERY_JOB,
  ALERT_JOB,
  ALERTING,
  CONTROL_API,
  /**
   * A person with Kafka's command line tools: sees what is there and how far readers are, reads no
   * record.
   */
  OPERATOR;

  String commonName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name by which Kafka's authorizer knows this member. */
  String principal() {
    return "User:CN=" + commonName();
  }
}
