package no.front.vakt.standalone.up;

import static no.front.vakt.contract.Topics.SMS_ANSWERS;
import static no.front.vakt.contract.Topics.SMS_DELIVERY;
import static no.front.vakt.contract.Topics.SMS_OUTCOMES;
import static no.front.vakt.contract.Topics.SMS_RELEASES;
import static no.front.vakt.contract.Topics.SMS_SUBMITTED;
import static no.front.vakt.contract.Topics.SMS_VERDICTS;
import static no.front.vakt.contract.Topics.VAKT_ACCESS_ATTEMPTS;
import static no.front.vakt.contract.Topics.VAKT_ALERTS;
import static no.front.vakt.contract.Topics.VAKT_ALERT_DECISIONS;
import static no.front.vakt.contract.Topics.VAKT_APPLIED_POLICIES;
import static no.front.vakt.contract.Topics.VAKT_DEAD_LETTERS;
import static no.front.vakt.contract.Topics.VAKT_MAILS;
import static no.front.vakt.contract.Topics.VAKT_POLICIES;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.alerts.AlertJob;
import no.front.vakt.detection.delivery.DeliveryJob;
import no.front.vakt.detection.scoring.ScoringJob;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may read and write which topic (design decision 18): the picture's arrows and nothing else.
 * One member alone writes {@code vakt.policies} and one alone {@code sms.verdicts}, for whoever
 * writes there is the judge.
 */
final class AccessRules {
  private static final String ANY_HOST = "*";
  private static final String CLUSTER = Resource.CLUSTER_NAME;

  /** Topics a member reads and writes. */
  record Rights(List<Topics> reads, List<Topics> writes) {}

  private AccessRules() {}

  static Map<Member, Rights> rights() {
    var rights = new LinkedHashMap<Member, Rights>();
    rights.put(
        Member.VERDICT_API,
        new Rights(
            List.of(SMS_ANSWERS, SMS_OUTCOMES, VAKT_POLICIES),
            List.of(SMS_SUBMITTED, VAKT_ACCESS_ATTEMPTS)));
    rights.put(
        Member.SCORING_JOB,
        new Rights(
            List.of(SMS_SUBMITTED, VAKT_POLICIES),
            List.of(SMS_VERDICTS, SMS_ANSWERS, VAKT_APPLIED_POLICIES, VAKT_DEAD_LETTERS)));
    rights.put(
        Member.DELIVERY_JOB,
        new Rights(
            List.of(SMS_VERDICTS, SMS_RELEASES, VAKT_POLICIES),
            List.of(SMS_DELIVERY, SMS_OUTCOMES, VAKT_APPLIED_POLICIES, VAKT_DEAD_LETTERS)));
    rights.put(
        Member.ALERT_JOB,
        new Rights(
            List.of(SMS_VERDICTS, VAKT_ACCESS_ATTEMPTS, VAKT_ALERT_DECISIONS),
            List.of(VAKT_ALERTS, VAKT_DEAD_LETTERS)));
    rights.put(
        Member.ALERTING,
        new Rights(
            List.of(VAKT_ALERTS, VAKT_POLICIES, VAKT_MAILS),
            List.of(VAKT_MAILS, VAKT_DEAD_LETTERS)));
    rights.put(
        Member.CONTROL_API,
        new Rights(
            List.of(VAKT_POLICIES, VAKT_APPLIED_POLICIES),
            List.of(SMS_RELEASES, VAKT_ALERT_DECISIONS, VAKT_POLICIES)));
    return rights;
  }

  /** The rules as Kafka takes them. */
  static Set<AclBinding> bindings() {
    var bindings = new LinkedHashSet<AclBinding>();
    rights()
        .forEach(
            (member, rights) -> {
              rights
                  .reads()
                  .forEach(topic -> bindings.add(topic(member, topic, AclOperation.READ)));
              rights
                  .writes()
                  .forEach(topic -> bindings.add(topic(member, topic, AclOperation.WRITE)));
              bindings.add(
                  binding(
                      member,
                      ResourceType.GROUP,
                      groupPrefix(member),
                      PatternType.PREFIXED,
                      AclOperation.READ));
            });
    bindings.addAll(operatorBindings());
    return bindings;
  }

  /** How the names of a member's consumer groups start. */
  private static String groupPrefix(Member member) {
    return switch (member) {
      case SCORING_JOB -> ScoringJob.NAME;
      case DELIVERY_JOB -> DeliveryJob.NAME;
      case ALERT_JOB -> AlertJob.NAME;
      default -> member.commonName();
    };
  }

  private static List<AclBinding> operatorBindings() {
    var bindings = new ArrayList<AclBinding>();
    var everything = ResourcePattern.WILDCARD_RESOURCE;
    for (var operation : List.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)) {
      bindings.add(
          binding(Member.OPERATOR, ResourceType.TOPIC, everything, PatternType.LITERAL, operation));
      bindings.add(
          binding(Member.OPERATOR, ResourceType.CLUSTER, CLUSTER, PatternType.LITERAL, operation));
    }
    bindings.add(
        binding(
            Member.OPERATOR,
            ResourceType.GROUP,
            everything,
            PatternType.LITERAL,
            AclOperation.DESCRIBE));
    return bindings;
  }

  private static AclBinding topic(Member member, Topics topic, AclOperation operation) {
    return binding(member, ResourceType.TOPIC, topic.topicName(), PatternType.LITERAL, operation);
  }

  private static AclBinding binding(
      Member member, ResourceType type, String name, PatternType pattern, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry(member.principal(), ANY_HOST, operation, AclPermissionType.ALLOW));
  }
}
